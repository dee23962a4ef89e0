import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { asText, EditedField } from '../../nodes/history/history.type.js';
import { countsOf, type Difference, type DifferenceCounts } from './compare.js';

export enum DifferenceOf {
  NODE = 'node',
  CHOICE = 'choice',
  DECLARATION = 'declaration',
}

registerEnumType(DifferenceOf, {
  name: 'DifferenceOf',
  description: 'What differs between two states of a story.',
  valuesMap: {
    NODE: { description: 'A node.' },
    CHOICE: { description: 'A choice.' },
    DECLARATION: { description: 'A variable, an item or anything else that the story declares.' },
  },
});

export enum DifferenceAction {
  ADDED = 'added',
  REMOVED = 'removed',
  CHANGED = 'changed',
  MOVED = 'moved',
}

registerEnumType(DifferenceAction, {
  name: 'DifferenceAction',
  description: 'How something differs between two states of a story.',
  valuesMap: {
    ADDED: { description: 'Only the later state has it.' },
    REMOVED: { description: 'Only the earlier state has it.' },
    CHANGED: { description: 'Both have it, with different fields.' },
    MOVED: { description: 'A choice stands at another place among those of its node.' },
  },
});

@ObjectType({ description: 'One thing that two states of a story do not have in common.' })
export class StoryDifference {
  @Field(() => DifferenceOf, { description: 'What it is.' })
  of: DifferenceOf;

  @Field(() => DifferenceAction, { description: 'How it differs.' })
  action: DifferenceAction;

  @Field(() => ID, {
    nullable: true,
    description: 'The node, or the one that the choice leads away from; null for declarations.',
  })
  nodeId: string | null;

  @Field(() => String, { nullable: true, description: 'What the author calls that node.' })
  nodeKey: string | null;

  @Field(() => ID, { nullable: true, description: 'The choice; null for anything else.' })
  choiceId: string | null;

  @Field(() => String, { nullable: true, description: 'The letter of the choice.' })
  letter: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of a declaration, its kind and name, such as variables.gold; null for others.',
  })
  name: string | null;

  @Field(() => [EditedField], { description: 'Every field that differs.' })
  fields: EditedField[];
}

export const StoryDifferenceConnection = ConnectionType('StoryDifference', () => StoryDifference);

@ObjectType({ description: 'What differs between two states of a story.' })
export class StoryComparison {
  @Field({ description: 'Whether nothing does.' })
  isEqual: boolean;

  @Field(() => Int, { description: 'How many things only the later state has.' })
  added: number;

  @Field(() => Int, { description: 'How many things only the earlier state has.' })
  removed: number;

  @Field(() => Int, { description: 'How many things have different fields.' })
  changed: number;

  @Field(() => Int, { description: 'How many choices have moved.' })
  moved: number;

  /** Not exposed: what resolvers go on from. */
  readonly all: readonly Difference[];
}

/** @param counts those of more, where `all` is the beginning of a longer list */
export const toComparison = (
  all: readonly Difference[],
  counts: DifferenceCounts = countsOf(all),
): StoryComparison => {
  const { added, removed, changed, moved } = counts;
  return { isEqual: added + removed + changed + moved === 0, added, removed, changed, moved, all };
};

/** Fields that the API calls otherwise than the engine does. */
const NAMES: Readonly<Record<string, string>> = {
  to: 'toNodeId',
  failTo: 'failToNodeId',
  start: 'startNodeId',
  after: 'afterSeconds',
};

/** Fields whose values are those of enums. */
const ENUMS = new Set(['type', 'endingKind']);

const NODE_IDS = new Set(['to', 'failTo', 'start']);

export const toDifference = ({
  of,
  action,
  node,
  choice,
  name,
  fields,
}: Difference): StoryDifference => ({
  of: of as DifferenceOf,
  action: action as DifferenceAction,
  nodeId: node === undefined ? null : encodeId('node', node.id),
  nodeKey: node?.key ?? null,
  choiceId: choice === undefined ? null : encodeId('choice', choice.id),
  letter: choice?.letter ?? null,
  name: name ?? null,
  fields: fields.map(({ name: field, before, after }) => ({
    name: NAMES[field] ?? field,
    before: told(field, before),
    after: told(field, after),
  })),
});

function told(field: string, value: unknown): string | null {
  if (NODE_IDS.has(field) && typeof value === 'number') return encodeId('node', value);
  if (ENUMS.has(field) && typeof value === 'string') return value.toUpperCase();
  return asText(value);
}
