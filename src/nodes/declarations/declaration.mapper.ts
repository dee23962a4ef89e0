import type {
  CollectibleDefinition,
  ItemDefinition,
  ProtagonistDefinition,
  StatDefinition,
  StorySchema as SchemaDefinition,
  Value,
  VariableDefinition,
} from '../../engine/core/definition.js';
import { decodeId, encodeId } from '../../graphql/ids.js';
import type { InitialValue, StorySchema, VariableType } from './declaration.type.js';

/** What is null or empty is left out. */
const compact = <T extends object>(fields: T) =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== null &&
        value !== undefined &&
        !(typeof value === 'object' && Object.keys(value as object).length === 0),
    ),
  );

const record = (values: readonly InitialValue[]): Record<string, Value> =>
  Object.fromEntries(values.map(({ name, value }) => [name, value]));

const list = (values: Readonly<Record<string, Value>> = {}): InitialValue[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

/** The declarations as the engine takes them. */
export function toDefinition(input: StorySchema): SchemaDefinition {
  const { variables, items, stats, protagonists, artifacts, endings, allowUndo } = input;
  return compact({
    variables: variables.map((each) => compact(each) as unknown as VariableDefinition),
    items: items.map((each) => compact(each) as unknown as ItemDefinition),
    stats: stats.map((each) => compact(each) as unknown as StatDefinition),
    protagonists: protagonists.map(
      ({ startNodeId, variables: holds, stats: is, items: has, ...who }, i) =>
        compact({
          ...who,
          start: startNodeId
            ? decodeId('node', startNodeId, `input.protagonists.${i}.startNodeId`)
            : undefined,
          variables: record(holds),
          stats: record(is),
          items: record(has),
        }) as unknown as ProtagonistDefinition,
    ),
    artifacts: artifacts.map((each) => compact(each) as unknown as CollectibleDefinition),
    endings: endings.map((each) => compact(each) as unknown as CollectibleDefinition),
    undo: allowUndo ? true : undefined,
  });
}

/** The declarations as the API shows them. */
export const toSchema = (definition: SchemaDefinition): StorySchema => ({
  variables: (definition.variables ?? []).map((each) => ({
    ...each,
    type: each.type as VariableType,
    shown: each.shown ?? false,
    readerWritable: each.readerWritable ?? false,
  })),
  items: [...(definition.items ?? [])],
  stats: [...(definition.stats ?? [])],
  protagonists: (definition.protagonists ?? []).map(
    ({ start, variables, stats, items, ...who }) => ({
      ...who,
      startNodeId: start === undefined ? null : encodeId('node', start),
      variables: list(variables),
      stats: list(stats),
      items: list(items),
    }),
  ),
  artifacts: [...(definition.artifacts ?? [])],
  endings: [...(definition.endings ?? [])],
  allowUndo: definition.undo ?? false,
});
