import type {
  AchievementDefinition,
  CollectibleDefinition,
  ItemDefinition,
  ProtagonistDefinition,
  StatDefinition,
  StorySchema as SchemaDefinition,
  Value,
  VariableDefinition,
} from '../../engine/core/definition.js';
import { decodeId, isIdOf } from '../../graphql/ids.js';
import { declarationsOf } from '../../stories/changes/declarations.js';
import type { InitialValue, StorySchema } from './declaration.type.js';

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

/** The declarations as the engine takes them. */
export function toDefinition(input: StorySchema): SchemaDefinition {
  const { variables, items, stats, protagonists, artifacts, endings, achievements, allowUndo } =
    input;
  return compact({
    variables: variables.map((each) => compact(each) as unknown as VariableDefinition),
    items: items.map((each) => compact(each) as unknown as ItemDefinition),
    stats: stats.map((each) => compact(each) as unknown as StatDefinition),
    protagonists: protagonists.map(
      ({ startNodeId, variables: holds, stats: is, items: has, ...who }, i) =>
        compact({
          ...who,
          start: isIdOf('node', startNodeId)
            ? decodeId('node', startNodeId!, `input.protagonists.${i}.startNodeId`)
            : undefined,
          variables: record(holds),
          stats: record(is),
          items: record(has),
        }) as unknown as ProtagonistDefinition,
    ),
    artifacts: artifacts.map((each) => compact(each) as unknown as CollectibleDefinition),
    endings: endings.map((each) => compact(each) as unknown as CollectibleDefinition),
    achievements: achievements.map(
      ({ secret, ...each }) =>
        compact({ ...each, secret: secret ? true : undefined }) as unknown as AchievementDefinition,
    ),
    undo: allowUndo ? true : undefined,
  });
}

/** The declarations as the API shows them. */
export const toSchema = (definition: SchemaDefinition): StorySchema =>
  declarationsOf(definition) as StorySchema;
