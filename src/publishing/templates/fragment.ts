import { namingsIn, type Naming } from '../../engine/core/references/in-story.js';
import type { NamedKind } from '../../engine/core/references/mention.js';
import { toDraftContent } from '../documents/document-mapper.js';
import type { DocumentNode, DocumentSchema, StoryDocument } from '../formats/story-document.js';

/** A part of a story that stands by itself, and what of it goes by nodes that are not in it. */
export interface Fragment {
  readonly document: StoryDocument;
  readonly missing: readonly Naming[];
}

/**
 * The part of a story that these nodes make. Choices that lead out of it lead nowhere, and what nothing in it goes by is
 * not declared. It starts where the story does, or else at its first node. Linear.
 * @param keys of nodes of the story
 */
export function fragmentOf(document: StoryDocument, keys: ReadonlySet<string>): Fragment {
  const { schema, ...details } = document;
  const within = document.nodes.filter(({ key }) => keys.has(key));
  const starts = within.some(({ start }) => start === true);
  const nodes = within.map((node, i) => ({
    ...cut(node, keys),
    ...(!starts && i === 0 && { start: true }),
  }));
  const namings = namingsIn(toDraftContent({ ...details, ...(schema && { schema }), nodes }));
  const used = Map.groupBy(
    namings.filter(({ field }) => field !== 'declarations'),
    ({ kind }) => kind,
  );
  const namesOf = (kind: NamedKind) => new Set(used.get(kind)?.map(({ name }) => name));
  return {
    document: {
      ...details,
      nodes,
      ...(schema !== undefined && { schema: needed(schema, namesOf, keys) }),
    },
    missing: (used.get('node') ?? []).filter(({ name }) => !keys.has(name)),
  };
}

/** A node whose choices lead nowhere but to `keys`. */
function cut(node: DocumentNode, keys: ReadonlySet<string>): DocumentNode {
  const { choices, ...rest } = node;
  if (choices === undefined) return node;
  return {
    ...rest,
    choices: choices.map(({ to, failTo, ...choice }) => ({
      ...choice,
      ...(to !== undefined && keys.has(to) && { to }),
      ...(failTo !== undefined && keys.has(failTo) && { failTo }),
    })),
  };
}

/** What rules go by, and whom the reader can be: of protagonists, only where they begin within the part. */
function needed(
  {
    variables,
    items,
    stats,
    artifacts,
    endings,
    achievements,
    protagonists,
    ...rest
  }: DocumentSchema,
  namesOf: (kind: NamedKind) => ReadonlySet<string>,
  keys: ReadonlySet<string>,
): DocumentSchema {
  const isUsed = {
    variable: namesOf('variable'),
    stat: namesOf('stat'),
    item: namesOf('item'),
    artifact: namesOf('artifact'),
    ending: namesOf('ending'),
  };
  const only = <T>(values: Readonly<Record<string, T>> | undefined, names: ReadonlySet<string>) =>
    Object.fromEntries(Object.entries(values ?? {}).filter(([name]) => names.has(name)));
  return filled({
    ...rest,
    variables: variables?.filter(({ name }) => isUsed.variable.has(name)),
    items: items?.filter(({ key }) => isUsed.item.has(key)),
    stats: stats?.filter(({ key }) => isUsed.stat.has(key)),
    artifacts: artifacts?.filter(({ key }) => isUsed.artifact.has(key)),
    endings: endings?.filter(({ key }) => isUsed.ending.has(key)),
    achievements: achievements?.filter(
      ({ artifacts: found = [], endings: reached = [] }) =>
        found.every((key) => isUsed.artifact.has(key)) &&
        reached.every((key) => isUsed.ending.has(key)),
    ),
    protagonists: protagonists?.map(({ start, ...who }) => ({
      ...who,
      ...filled({
        variables: only(who.variables, isUsed.variable),
        items: only(who.items, isUsed.item),
        stats: only(who.stats, isUsed.stat),
      }),
      ...(start !== undefined && keys.has(start) && { start }),
    })),
  });
}

/** Without the fields that hold nothing. */
const filled = <T extends object>(fields: T) =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== undefined &&
        (typeof value !== 'object' || Object.keys(value as object).length > 0),
    ),
  ) as { [Key in keyof T]?: NonNullable<T[Key]> };
