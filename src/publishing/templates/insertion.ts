import { isDeepStrictEqual } from 'node:util';
import type { StoryDefinition, StorySchema } from '../../engine/core/definition.js';
import { MOST } from '../../engine/core/limits.js';
import { withNodeKeys } from '../../engine/core/references/node-keys.js';
import type { FieldProblem } from '../../graphql/errors.js';
import type { DraftContent } from '../../nodes/drafts/draft-content.repository.js';
import { FreeKeys } from '../formats/free-key.js';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far a template keeps from the nodes above it. */
const GAP = 200;

/** Where a template goes in a draft. */
export interface Placing {
  /** Where its first node that has a place comes to stand on the map; the others keep their distance from it. */
  readonly position?: Point | undefined;
  /** Where the lower left of the draft's own nodes is, which the template goes below without a `position`. */
  readonly below?: Point | undefined;
  /** The chapter of its nodes; as in the template when left out. */
  readonly chapter?: string | undefined;
}

/** A node of a template as it is in the draft. */
export interface InsertedNode {
  readonly nodeId: number;
  /** What the template calls it. */
  readonly templateKey: string;
  /** What the draft calls it. */
  readonly key: string;
}

export interface Insertion {
  readonly content: DraftContent;
  readonly nodes: readonly InsertedNode[];
  readonly problems: readonly FieldProblem[];
}

/**
 * A draft with a template in it. Keys that the draft has are changed in the template, wherever it goes by them. What both
 * declare alike is one; what they declare differently is a problem. The draft starts where it did, if it did. Pure.
 * @param part the template under ids of its own
 */
export function inserted(draft: StoryDefinition, part: DraftContent, placing: Placing): Insertion {
  const keyed = withFreeKeys(draft, part);
  const { schema, problems } = joined(draft.schema ?? {}, keyed.schema ?? {});
  const hasStart = draft.nodes.some(({ isStart }) => isStart);
  const move = movedBy(part, placing);
  return {
    content: {
      schema,
      nodes: [
        ...draft.nodes,
        ...keyed.nodes.map((node, i) => ({
          ...part.nodes[i]!,
          ...node,
          ...move(part.nodes[i]!),
          isStart: node.isStart && !hasStart,
        })),
      ],
    },
    nodes: keyed.nodes.map(({ id, key }, i) => ({
      nodeId: id,
      templateKey: part.nodes[i]!.key,
      key,
    })),
    problems,
  };
}

function withFreeKeys(draft: StoryDefinition, part: StoryDefinition): StoryDefinition {
  const before = new Set(draft.nodes.map(({ key }) => key));
  const keys = new FreeKeys([...before, ...part.nodes.map(({ key }) => key)]);
  const names = new Map(
    part.nodes.flatMap(({ key }) => (before.has(key) ? [[key, keys.take(key)]] : [])),
  );
  return withNodeKeys(part, names);
}

const LISTS = [
  'variables',
  'items',
  'stats',
  'protagonists',
  'artifacts',
  'endings',
  'achievements',
] as const;

interface Declared {
  readonly name?: string;
  readonly key?: string;
}

/** A declaration without the fields that say no more than leaving them out. */
const said = (declared: Declared) =>
  Object.fromEntries(
    Object.entries(declared as Readonly<Record<string, unknown>>).filter(
      ([, value]) => value !== false && value !== null,
    ),
  );

const nameOf = (list: (typeof LISTS)[number], declared: Declared) =>
  list === 'variables' ? declared.name! : declared.key!;

function joined(draft: StorySchema, part: StorySchema) {
  const problems: FieldProblem[] = [];
  const schema: Record<string, unknown> = { ...draft };
  for (const list of LISTS) {
    const had: readonly Declared[] = draft[list] ?? [];
    const byName = new Map(had.map((each) => [nameOf(list, each), each]));
    const more = ((part[list] ?? []) as readonly Declared[]).filter((each) => {
      const known = byName.get(nameOf(list, each));
      if (known !== undefined && !isDeepStrictEqual(said(known), said(each)))
        problems.push(differs(list, nameOf(list, each)));
      return known === undefined;
    });
    if (had.length + more.length > MOST[list]) problems.push(tooMany(list));
    if (more.length > 0) schema[list] = [...had, ...more];
  }
  return { schema: schema as StorySchema, problems };
}

const differs = (list: string, name: string): FieldProblem => ({
  path: 'templateId',
  message: `the story declares ${name} among its ${list} otherwise than the template does; rename it there or make both alike`,
});

const tooMany = (list: (typeof LISTS)[number]): FieldProblem => ({
  path: 'templateId',
  message: `the story would declare more than ${MOST[list]} ${list}`,
});

/** How far the nodes of a template move on the map. */
function shiftOf({ nodes }: DraftContent, { position, below }: Placing): Point {
  const places = nodes.flatMap(({ x, y }) =>
    typeof x === 'number' && typeof y === 'number' ? [{ x, y }] : [],
  );
  const [first] = places;
  if (first === undefined) return { x: 0, y: 0 };
  if (position !== undefined) return { x: position.x - first.x, y: position.y - first.y };
  if (below === undefined) return { x: 0, y: 0 };
  return {
    x: below.x - Math.min(...places.map(({ x }) => x)),
    y: below.y + GAP - Math.min(...places.map(({ y }) => y)),
  };
}

/** The marks of each node of the template in the draft. */
function movedBy(part: DraftContent, placing: Placing) {
  const by = shiftOf(part, placing);
  const { chapter } = placing;
  return ({
    x = null,
    y = null,
    chapter: own = null,
    tags = [],
  }: DraftContent['nodes'][number]) => ({
    x: x === null ? null : x + by.x,
    y: y === null ? null : y + by.y,
    chapter: chapter ?? own,
    tags,
  });
}
