import { isDeepStrictEqual } from 'node:util';
import type {
  ChoiceDefinition,
  NodeDefinition,
  StoryDefinition,
  StorySchema,
} from '../../engine/core/definition.js';

/** One thing that two states of a story do not have in common. */
export interface Difference {
  readonly of: 'node' | 'choice' | 'declaration';
  readonly action: 'added' | 'removed' | 'changed' | 'moved';
  /** The node, or the one that the choice leads away from. */
  readonly node?: Pick<NodeDefinition, 'id' | 'key'>;
  readonly choice?: Pick<ChoiceDefinition, 'id' | 'letter'>;
  /** Of a declaration: its kind and name, such as `variables.gold`. */
  readonly name?: string;
  /** The fields that differ, with their values. */
  readonly fields: readonly {
    readonly name: string;
    readonly before: unknown;
    readonly after: unknown;
  }[];
}

/** How many things differ between two states of a story, by how they do. */
export type DifferenceCounts = Readonly<Record<Difference['action'], number>>;

export function countsOf(all: readonly Difference[]): DifferenceCounts {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 };
  for (const { action } of all) counts[action] += 1;
  return counts;
}

/**
 * What differs between two states of a story: declarations first, then node by node, each with its choices. Nodes and
 * choices are the same where their ids are. A choice has moved when it stands at another place among those that its node
 * had before and has after. Linear but for the choices of one node.
 */
export function compare(before: StoryDefinition, after: StoryDefinition): Difference[] {
  const earlier = byId(before.nodes);
  const later = byId(after.nodes);
  const removed = before.nodes.filter(({ id }) => !later.has(id));
  return [
    ...ofDeclarations(before.schema ?? {}, after.schema ?? {}),
    ...removed.flatMap((node) => ofNode(node, undefined)),
    ...after.nodes.flatMap((node) => ofNode(earlier.get(node.id), node)),
  ];
}

const byId = <T extends { readonly id: number }>(all: readonly T[]) =>
  new Map(all.map((one) => [one.id, one]));

function ofNode(
  before: NodeDefinition | undefined,
  after: NodeDefinition | undefined,
): Difference[] {
  const node = (after ?? before)!;
  const place = { node: { id: node.id, key: node.key } };
  const [was, is] = [before?.choices ?? [], after?.choices ?? []];
  const { choices: _, ...fieldsBefore } = before ?? { choices: [] };
  const { choices: __, ...fieldsAfter } = after ?? { choices: [] };
  return [
    ...difference({ of: 'node', ...place }, before && fieldsBefore, after && fieldsAfter),
    ...ofChoices(was, is).map((one) => ({ ...one, ...place })),
  ];
}

function ofChoices(
  before: readonly ChoiceDefinition[],
  after: readonly ChoiceDefinition[],
): Difference[] {
  const earlier = byId(before);
  const later = byId(after);
  const moved = movedAmong(
    before.filter(({ id }) => later.has(id)),
    after.filter(({ id }) => earlier.has(id)),
  );
  const ofChoice = (was: ChoiceDefinition | undefined, is: ChoiceDefinition | undefined) => {
    const { id, letter } = (is ?? was)!;
    const choice = { of: 'choice', choice: { id, letter } } as const;
    const differences = difference(choice, without(was), without(is));
    return moved.has(id)
      ? [
          ...differences,
          {
            ...choice,
            action: 'moved' as const,
            fields: [{ name: 'letter', before: was?.letter, after: is?.letter }],
          },
        ]
      : differences;
  };
  return [
    ...before.filter(({ id }) => !later.has(id)).flatMap((choice) => ofChoice(choice, undefined)),
    ...after.flatMap((choice) => ofChoice(earlier.get(choice.id), choice)),
  ];
}

/** A choice without its letter, which tells its place and no more. */
function without(choice: ChoiceDefinition | undefined) {
  if (choice === undefined) return undefined;
  const { letter: _, ...rest } = choice;
  return rest;
}

const movedAmong = (before: readonly ChoiceDefinition[], after: readonly ChoiceDefinition[]) =>
  new Set(after.filter(({ id }, place) => before[place]?.id !== id).map(({ id }) => id));

function ofDeclarations(before: StorySchema, after: StorySchema): Difference[] {
  const [was, is] = [named(before), named(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) =>
    difference({ of: 'declaration', name }, was.get(name), is.get(name)),
  );
}

/** By kind and name. */
function named({ undo, ...lists }: StorySchema): Map<string, object> {
  const declared = Object.entries(lists).flatMap(([kind, all]) =>
    all.map((one): [string, object] => [
      `${kind}.${'name' in one && !('key' in one) ? one.name : one.key}`,
      one,
    ]),
  );
  return new Map([...declared, ...(undo ? [['undo', { undo }] as [string, object]] : [])]);
}

/** @returns none where nothing differs */
function difference(
  what: Pick<Difference, 'of' | 'node' | 'choice' | 'name'>,
  before: object | undefined,
  after: object | undefined,
): Difference[] {
  const [was, is] = [before ?? {}, after ?? {}] as Record<string, unknown>[];
  const fields = [...new Set([...Object.keys(was!), ...Object.keys(is!)])]
    .sort()
    .filter((name) => name !== 'id' && !isDeepStrictEqual(was![name] ?? null, is![name] ?? null))
    .map((name) => ({ name, before: was![name] ?? null, after: is![name] ?? null }));
  if (before === undefined) return [{ ...what, action: 'added', fields }];
  if (after === undefined) return [{ ...what, action: 'removed', fields }];
  return fields.length === 0 ? [] : [{ ...what, action: 'changed', fields }];
}
