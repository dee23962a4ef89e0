import type { ChoiceEntity } from '../choices/choice.entity.js';
import type { NodeEntity } from '../nodes/node.entity.js';

/** Whether rows are read with the few columns that most ask for, or with all. */
type Columns = 'few' | 'all';

/** What is read of nodes of a draft, of their choices, and of where these lead; null is not read. */
export interface DraftShape {
  readonly nodes: Columns;
  readonly choices: Columns | null;
  readonly targets: Columns | null;
}

/** The names of the fields that a query asks for of the nodes, or of what is at a path below each. */
export type AskedNames = (...path: readonly string[]) => ReadonlySet<string>;

/** Fields by the column that tells them. */
type FieldsOf<Row> = Readonly<Record<string, keyof Row>>;

const TARGET_FIELDS = {
  ...{ id: 'nodeId', key: 'nodeKey', title: 'nodeTitle', type: 'nodeType' },
  ...{ isStart: 'isStartingNode', isEnding: 'isEndingNode' },
} as const satisfies FieldsOf<NodeEntity>;

const NODE_FIELDS = {
  ...TARGET_FIELDS,
  content: 'content',
} as const satisfies FieldsOf<NodeEntity>;

const CHOICE_FIELDS = {
  ...{ id: 'choiceId', letter: 'choiceLetter', text: 'choiceText', consequences: 'consequences' },
  ...{ order: 'order', toNode: 'toNodeId', failToNode: 'failToNodeId' },
} as const satisfies FieldsOf<ChoiceEntity>;

/** The few columns of each level; with those by which rows are put together. */
export const FEW = {
  nodes: new Set<keyof NodeEntity>([...Object.values(NODE_FIELDS), 'storyId']),
  choices: new Set<keyof ChoiceEntity>([...Object.values(CHOICE_FIELDS), 'fromNodeId']),
  targets: new Set<keyof NodeEntity>([...Object.values(TARGET_FIELDS), 'storyId']),
} as const;

/** What tells one shape from another, in words. */
export const nameOf = ({ nodes, choices, targets }: DraftShape): string =>
  `${nodes}-${choices}-${targets}`;

/** Nodes whole, and nothing below them. */
export const WHOLE_NODES: DraftShape = { nodes: 'all', choices: null, targets: null };

/** @returns what is to be read at once, so that what a query asks for is there, and little else */
export function shapeOf(asked: AskedNames): DraftShape {
  const nodes = asked();
  const choices = asked('choices');
  const leads = ['toNode', 'failToNode'].filter((field) => choices.has(field));
  const targets = new Set(leads.flatMap((field) => [...asked('choices', field)]));
  return {
    nodes: columnsFor(nodes, { ...NODE_FIELDS, choices: '' }),
    choices: nodes.has('choices') ? columnsFor(choices, CHOICE_FIELDS) : null,
    targets: leads.length > 0 ? columnsFor(targets, TARGET_FIELDS) : null,
  };
}

const columnsFor = (
  names: ReadonlySet<string>,
  fields: Readonly<Record<string, string>>,
): Columns =>
  [...names].every((name) => name === '__typename' || Object.hasOwn(fields, name)) ? 'few' : 'all';
