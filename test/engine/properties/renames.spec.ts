import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StoryDefinition } from '../../../src/engine/core/definition.js';
import { choose, isRejection, start, type Step } from '../../../src/engine/core/play.js';
import { seededRandom } from '../../../src/engine/core/random.js';
import { namingsIn } from '../../../src/engine/core/references/in-story.js';
import { renamed, type Rename } from '../../../src/engine/core/references/rename.js';
import { readMemory } from '../../../src/engine/core/state.js';
import { compile, type CompiledStory } from '../../../src/engine/core/story.js';
import { choiceFor, contentFor } from '../../../src/engine/core/templates/texts.js';
import { provableStory } from '../../support/provable-arbitrary.js';

/** Texts that go by names, beside the same words that are none. */
const CONTENTS = [
  'The gold lamp of n0: no names, only words.',
  '{{ gold }} gold, {{ gold | plus: fame }} with fame; {{ "gold lamp" }}.',
  '{% if inventory.lamp > 0 %}The lamp{% elsif inventory["lamp"] == 0 and shut %}shut{% endif %}',
  '{% assign thief = stats.health | minus: gold %}{{ thief }}{% comment %}{{ gold }}{% endcomment %}',
  '{% case protagonist %}{% when "thief", "knight" %}who{% else %}thief{% endcase %}{{ protagonist }}',
  `{% unless protagonist != 'thief' or artifacts.crown %}{{ visits.n0 }}{{ visits["n1"] }}{% endunless %}`,
  '{% raw %}{{ gold }}{% endraw %}{% case mood %}{% when "gold" %}gold{% when mood %}{{ endings.fine }}{% endcase %}',
];

const TEXTS = ['Take gold', 'Take {{ gold | at_most: stats.health }} gold', '{{ mood }} lamp n0'];

const CONDITIONS = [
  '"fine" in endings || mood != "gold"',
  '"gold".contains(mood) || visits["n0"] > visits . n1',
  `!(protagonist in ["thief", 'nobody']) || endings["fine"]`,
  "'thief' != protagonist || (stats).health > 0",
  'mood in ["lamp", "gold"] ? gold > 0 : gold >= 0',
];

const RENAMES: readonly Rename[] = [
  { kind: 'variable', from: 'gold', to: 'coins' },
  { kind: 'variable', from: 'fame', to: 'f' },
  { kind: 'variable', from: 'mood', to: 'temperament' },
  { kind: 'variable', from: 'shut', to: 'crown' },
  { kind: 'item', from: 'lamp', to: 'gold' },
  { kind: 'stat', from: 'health', to: 'nerve' },
  { kind: 'artifact', from: 'crown', to: 'tiara' },
  { kind: 'ending', from: 'fine', to: 'glad' },
  { kind: 'protagonist', from: 'thief', to: 'cat' },
  { kind: 'node', from: 'n0', to: '0.a-b' },
  { kind: 'node', from: 'n1', to: 'in' },
  { kind: 'node', from: 'n1', to: 'hall' },
];

const storyWithTexts: fc.Arbitrary<StoryDefinition> = fc
  .tuple(
    provableStory,
    fc.array(fc.constantFrom(...CONTENTS), { minLength: 7, maxLength: 7 }),
    fc.array(
      fc.record({ text: fc.constantFrom(...TEXTS), condition: fc.constantFrom(...CONDITIONS) }),
      {
        minLength: 4,
        maxLength: 4,
      },
    ),
  )
  .map(([{ schema, nodes }, contents, extras]) => ({
    schema: {
      ...schema,
      endings: [{ key: 'fine', name: 'Fine' }],
      achievements: [{ key: 'all', name: 'All', artifacts: ['crown'], endings: ['fine'] }],
    },
    nodes: nodes.map((node, i) => ({
      ...node,
      content: contents[i]!,
      ...(node.type === 'ending' && { ending: 'fine' }),
      choices: node.choices.map((choice, place) => {
        const { text, condition } = extras[(i + place) % extras.length]!;
        return {
          ...choice,
          text,
          consequences: text,
          // Some keep the condition that they were given.
          ...(choice.condition === undefined && i % 2 === 0 && { condition, lockedText: text }),
        };
      }),
    })),
  }));

/** But for protagonists, whom some of the stories lack. */
const problemsOf = ({ problems }: CompiledStory) =>
  problems.filter(({ message }) => !message.startsWith('There is no protagonist'));

/** Everything that a play shows and keeps, slots by their numbers. */
function played(story: CompiledStory, protagonist: string | undefined, picks: readonly number[]) {
  const begun = start(story, { now: 0, ...(protagonist && { protagonist }) });
  if (isRejection(begun)) return [begun];
  const seen: unknown[] = [shown(story, begun)];
  let { state } = begun;
  picks.forEach((pick, i) => {
    const { choices } = story.nodes[story.indexOfNode.get(state.node)!]!;
    const step = choose(story, state, choices[pick % Math.max(1, choices.length)]?.id ?? 0, {
      now: 0,
      random: seededRandom(`${i}`),
      answer: 'moon',
    });
    if (isRejection(step)) seen.push(step.rejected);
    else {
      seen.push(shown(story, step));
      ({ state } = step);
    }
  });
  return seen;
}

function shown(story: CompiledStory, { state, events }: Step) {
  const memory = readMemory(story, state);
  const index = story.indexOfNode.get(state.node)!;
  return {
    memory: memory.map((value, i) => (i === story.layout.protagonist.index ? '' : value)),
    content: contentFor(story, memory, index),
    choices: story.nodes[index]!.choices.map((_, place) => {
      const { text, lockedText } = choiceFor(story, memory, story.firstChoice[index]! + place);
      return [text, lockedText];
    }),
    events: events.map((event) =>
      event.type === 'changed'
        ? [event.slot.index, event.to]
        : 'reads' in event
          ? { ...event, reads: event.reads.map((slot) => slot.index) }
          : event,
    ),
  };
}

const count = (story: StoryDefinition, { kind }: Rename, name: string) =>
  namingsIn(story).filter((each) => each.kind === kind && each.name === name).length;

describe('a rename', () => {
  it('leaves a story with the same plays, texts and outcomes, up to the name', () => {
    fc.assert(
      fc.property(
        storyWithTexts,
        fc.constantFrom(...RENAMES),
        fc.array(fc.nat({ max: 20 }), { maxLength: 25 }),
        (before, rename, picks) => {
          const { story: after, hindrances, places } = renamed(before, rename);
          expect(hindrances).toEqual([]);
          const [one, other] = [compile(before), compile(after)];
          expect(problemsOf(one)).toEqual([]);
          expect(problemsOf(other)).toEqual([]);
          expect(count(after, rename, rename.from)).toBe(0);
          expect(count(after, rename, rename.to)).toBe(count(before, rename, rename.from));
          for (const { key } of before.schema!.protagonists ?? [{ key: undefined }]) {
            const isRenamed = rename.kind === 'protagonist' && key === rename.from;
            const seen = played(other, isRenamed ? rename.to : key, picks);
            const told = JSON.stringify(seen);
            // What is printed of the key of whoever is played is the new one.
            const expected = JSON.stringify(played(one, key, picks));
            expect(isRenamed ? told.replaceAll(rename.to, rename.from) : told).toBe(expected);
          }
          const back = renamed(after, { ...rename, from: rename.to, to: rename.from });
          expect(back.places).toHaveLength(places.length);
          expect(problemsOf(compile(back.story))).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('changes nothing but the name', () => {
    fc.assert(
      fc.property(storyWithTexts, fc.constantFrom(...RENAMES), (before, rename) => {
        const { story, places } = renamed(before, rename);
        const lengths = places.reduce(
          (sum, place) => sum + place.after.length - place.before.length,
          0,
        );
        expect(size(story) - size(before)).toBe(lengths);
      }),
      { numRuns: 200 },
    );
  });
});

/** All strings of a story together, whatever they are keys or values of. */
function size(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + size(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, each]) => sum + key.length + size(each), 0);
}
