import { readFileSync } from 'node:fs';
import type { StoryDefinition } from '../../../src/engine/core/definition.js';
import { choose, isRejection, start, type Step } from '../../../src/engine/core/play.js';
import { compile, type CompiledStory } from '../../../src/engine/core/story.js';
import { choiceFor, contentFor } from '../../../src/engine/core/templates/texts.js';
import { closed } from '../../../src/engine/core/machine.js';
import { readMemory } from '../../../src/engine/core/state.js';
import type {
  DocumentNode,
  StoryDocument,
} from '../../../src/publishing/formats/story-document.js';
import type {
  FidelityReport,
  PassagePlace,
} from '../../../src/publishing/formats/twine/fidelity.js';
import { translate, type Translation } from '../../../src/publishing/formats/twine/translate.js';
import { readTwee } from '../../../src/publishing/formats/twine/twee-reader.js';
import type { TwineStory } from '../../../src/publishing/formats/twine/twine-story.js';

/** A story of the folder of fixtures, read from its Twee file. */
export function fixture(name: string): TwineStory {
  const file = readFileSync(new URL(`./stories/${name}.twee`, import.meta.url), 'utf8');
  const { stories, problems } = readTwee(file);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return stories[0]!;
}

/** A story of some passages, which starts at the first. */
export const storyOf = (
  format: string | undefined,
  passages: Readonly<Record<string, string>>,
): TwineStory => ({
  name: 'A story',
  ...(format !== undefined && { format }),
  start: Object.keys(passages)[0]!,
  passages: Object.entries(passages).map(([name, text]) => {
    const [, bare = name, tags = ''] = /^(.*?) \[(.*)\]$/.exec(name) ?? [];
    return { name: bare, tags: tags === '' ? [] : tags.split(' '), text };
  }),
});

/** The document as the engine takes it. */
export function definitionOf({ schema, nodes }: StoryDocument): StoryDefinition {
  const ids = new Map(nodes.map(({ key }, i) => [key, i + 1]));
  let choiceId = 1_000_000;
  return {
    ...(schema !== undefined && { schema: { variables: schema.variables ?? [] } }),
    nodes: nodes.map((node, i) => ({
      id: i + 1,
      key: node.key,
      title: node.title,
      content: node.content,
      type: node.type,
      isStart: node.start === true,
      endingKind: null,
      ...(node.effects !== undefined && { effects: node.effects }),
      choices: (node.choices ?? []).map(({ to, text, condition, effects }, place) => ({
        id: ++choiceId,
        letter: `${place}`,
        text,
        consequences: null,
        to: to === undefined ? null : ids.get(to)!,
        ...(condition !== undefined && { condition }),
        ...(effects !== undefined && { effects }),
      })),
    })),
  };
}

export const nodeOf = ({ document }: Translation, key: string): DocumentNode =>
  document.nodes.find((node) => node.key === key)!;

/** Translates one passage of a format, with the others that it needs. */
export function passage(
  format: string,
  text: string,
  others: Readonly<Record<string, string>> = {},
): DocumentNode {
  return nodeOf(translate(storyOf(format, { Here: text, ...others })), 'Here');
}

/** The links of a report, each on a line. */
export const linksTold = ({ links }: FidelityReport): string[] =>
  links.map(
    ({ place, kind, target, isBroken, outcome, source }) =>
      `${told(place)} ${kind} ${target}${isBroken ? ' broken' : ''} ${outcome}: ${source}`,
  );

/** The constructs of a report, each on a line. */
export const constructsTold = ({ constructs }: FidelityReport): string[] =>
  constructs.map(
    ({ place, name, outcome, note }) =>
      `${told(place)} ${name} ${outcome}${note === undefined ? '' : `: ${note}`}`,
  );

const told = ({ passage, line, column }: PassagePlace) => `${passage}:${line}:${column}`;

/** A play of a translated story, as a reader sees it. */
export class Reader {
  readonly #story: CompiledStory;
  #step: Step;

  constructor({ document }: Translation) {
    this.#story = compile(definitionOf(document));
    const step = start(this.#story);
    if (isRejection(step)) throw new Error(step.rejected);
    this.#step = step;
  }

  get node(): string {
    return this.#story.nodes[this.#index]!.key;
  }

  get text(): string {
    return contentFor(this.#story, this.#memory, this.#index);
  }

  /** The words of the choices that are open. */
  get choices(): string[] {
    return this.#open().map(({ text }) => text);
  }

  /** What a variable holds. */
  get(name: string): unknown {
    return this.#memory[this.#story.layout.find('variable', name)!.index];
  }

  choose(words: string): this {
    const choice = this.#open().find(({ text }) => text === words);
    if (choice === undefined) throw new Error(`“${words}” is none of ${this.choices.join(', ')}`);
    const step = choose(this.#story, this.#step.state, choice.id);
    if (isRejection(step)) throw new Error(step.rejected);
    this.#step = step;
    return this;
  }

  #open() {
    const { firstChoice } = this.#story;
    const all = [];
    for (let i = firstChoice[this.#index]!; i < firstChoice[this.#index + 1]!; i++) {
      if (closed(this.#story, this.#memory, i) === undefined) {
        all.push(choiceFor(this.#story, this.#memory, i));
      }
    }
    return all;
  }

  get #index(): number {
    return this.#story.indexOfNode.get(this.#step.state.node)!;
  }

  get #memory() {
    return readMemory(this.#story, this.#step.state);
  }
}
