import type { VariableDefinition } from '../../../../../engine/core/definition.js';
import { LONGEST } from '../../../../../engine/core/limits.js';
import type { Fault } from '../../../place.js';
import type { DocumentNode, StoryDocument } from '../../../story-document.js';
import type { Known } from '../../carried/carried.js';
import type { FidelityReport, PassagePlace } from '../../fidelity.js';
import { DEFAULT_START } from '../../special-passages.js';
import type { TwinePassage, TwineStory } from '../../twine-story.js';
import { declare, TOO_MANY, type Declared } from './declare.js';
import type { Dialect, Special } from './dialect.js';
import { evidenceIn } from './evidence.js';
import { Includes, type Readable } from './includes.js';
import { keysOf } from './keys.js';
import { nodeOf } from './node.js';
import type { Recorder } from './recorder.js';
import { Scope, ScopeOfStory } from './scope.js';
import { recordSpecial } from './special.js';

/** Something about a story that its author should know. */
export interface PassageProblem extends Fault {
  readonly severity: 'error' | 'warning';
  readonly place?: PassagePlace;
  /** The index of the passage that the place is in. */
  readonly passage?: number;
}

/** A Twine story as Talegraph has it, and all that became of it. */
export interface Translation {
  readonly document: StoryDocument;
  readonly report: FidelityReport;
  /** An error keeps the story from being imported; a warning tells what it cannot hold, or does not say. */
  readonly problems: readonly PassageProblem[];
}

/** A passage, and what it is when it is none of the story. */
interface Read extends Readable {
  readonly special: Special | undefined;
}

/** Translates a story by the dialect that it is written in. Linear in its size; every story gives a translation. */
export function translateBy(dialect: Dialect, story: TwineStory, known: Known): Translation {
  const passages = readAll(dialect, story.passages.map(withLineFeeds), known.keys);
  const keys = keysByName(passages, dialect);
  const declared = declaredIn(passages, known.variables);
  const { nodes, recorders, problems } = translated(dialect, passages, keys, declared);
  const { start, problems: ofStory } = startOf(story, keys, nodes);
  const variables = [...declared.variables.values()];
  return {
    document: {
      title: clean(story.name).trim().slice(0, LONGEST.title).toWellFormed() || 'Untitled',
      ...(variables.length > 0 && { schema: { variables } }),
      nodes: nodes.map((node) => (node.key === start ? { ...node, start: true } : node)),
      twine: { story, nodes: passages.map(({ key }) => key) },
    },
    report: reportOf(passages, declared, recorders),
    problems: [
      ...ofStory,
      ...(declared.records.some(({ note }) => note === TOO_MANY)
        ? [warning(overLimit(TOO_MANY))]
        : []),
      ...problems,
    ],
  };
}

function readAll(
  dialect: Dialect,
  passages: readonly TwinePassage[],
  known: Known['keys'],
): Read[] {
  const specials = passages.map((passage, i) =>
    known.has(i) ? undefined : dialect.special(passage),
  );
  const told = passages.map((_, i) => i).filter((i) => specials[i] === undefined);
  const keys = keysOf(
    told.map((i) => passages[i]!),
    told.map((i) => known.get(i)),
  );
  let next = 0;
  return passages.map((passage, i) => {
    const special = specials[i];
    const isCode = special?.isCode === true;
    const text = clean(passage.text);
    const items = isCode ? dialect.codeLinks(text, 0) : dialect.parse(text);
    const key = special === undefined ? keys[next++]! : null;
    return { passage, special, items, key };
  });
}

/** JSON may have carriage returns, too, which mean nothing to any format. */
const withLineFeeds = (passage: TwinePassage): TwinePassage => ({
  ...passage,
  text: passage.text.replaceAll('\r\n', '\n'),
});

/** The same text, as long as before, without characters that cannot be kept. */
const clean = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

/** The keys of nodes by the names of their passages: of the first or the last where several have the same name. */
function keysByName(passages: readonly Read[], { duplicates }: Dialect): Map<string, string> {
  const keys = new Map<string, string>();
  for (const { passage, key } of passages) {
    const isTaken = duplicates === 'first' && keys.has(passage.name);
    if (key !== null && !isTaken) keys.set(passage.name, key);
  }
  return keys;
}

function declaredIn(passages: readonly Read[], known: readonly VariableDefinition[]): Declared {
  const init = passages.filter(({ special }) => special?.isInit === true);
  const told = passages.filter(({ special }) => special === undefined);
  const first = init.flatMap(({ items }) =>
    items.flatMap((item) => (item.kind === 'set' ? item.changes : [])),
  );
  return declare(evidenceIn([...init, ...told].map(({ items }) => items)), first, known);
}

function translated(
  dialect: Dialect,
  passages: readonly Read[],
  keys: ReadonlyMap<string, string>,
  { variables }: Declared,
) {
  const keyOf = (name: string) => keys.get(name);
  const allKeys = passages.flatMap(({ key }) => key ?? []);
  const scope = new ScopeOfStory(variables, keyOf, allKeys);
  const include = new Includes(passages, keys).find;
  const names = {
    exists: (name: string) => keys.has(name),
    isDeclared: (name: string) => variables.has(name),
  };
  const nodes: DocumentNode[] = [];
  const problems: PassageProblem[] = [];
  const recorders = passages.map(({ passage, special, items, key }, index): Recorder => {
    if (key === null) return recordSpecial(passage, special!, items, names);
    const { node, recorder } = nodeOf(passage, key, items, {
      ...{ dialect, keyOf, include, scope: new Scope(scope, key) },
      report: (recorder, offset, message) =>
        problems.push(warning(overLimit(message), index, recorder.place(offset))),
    });
    nodes.push(node);
    return recorder;
  });
  return { nodes, recorders, problems };
}

/** All that a translation reports of passages is that they have more than a story can. */
const overLimit = (message: string): Fault => ({ code: 'OVER_LIMIT', message });

/** The key of the node where the story starts. */
function startOf(
  { start = DEFAULT_START }: TwineStory,
  keys: ReadonlyMap<string, string>,
  nodes: readonly DocumentNode[],
): { start: string | undefined; problems: PassageProblem[] } {
  if (nodes.length === 0) {
    const message = 'None of its passages is a part of the story; it needs one at least.';
    const problem = { severity: 'error', code: 'EMPTY_STORY', message } as const;
    return { start: undefined, problems: [problem] };
  }
  const key = keys.get(start);
  if (key !== undefined) return { start: key, problems: [] };
  const first = nodes[0]!;
  const message = `There is no passage ${start} to start at: the story starts at ${first.title}.`;
  const fix = 'Name the passage that it starts at.';
  return { start: first.key, problems: [warning({ code: 'NO_START', message, fix })] };
}

export const warning = (fault: Fault, passage?: number, place?: PassagePlace): PassageProblem => ({
  severity: 'warning',
  ...(passage !== undefined && { passage }),
  ...(place !== undefined && { place }),
  ...fault,
});

const reportOf = (
  passages: readonly Read[],
  { records }: Declared,
  recorders: readonly Recorder[],
): FidelityReport => ({
  links: recorders.flatMap(({ links }) => links),
  constructs: recorders.flatMap(({ constructs }) => constructs),
  variables: records,
  omitted: passages.flatMap(({ passage, special }, index) =>
    special === undefined ? [] : [{ passage: passage.name, index, why: special.why }],
  ),
  isReachabilityKnown: !recorders.some(({ isOpenEnded }) => isOpenEnded),
});
