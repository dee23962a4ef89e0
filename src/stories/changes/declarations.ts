import type { StorySchema, Value } from '../../engine/core/definition.js';
import { encodeId } from '../../graphql/ids.js';

const list = (values: Readonly<Record<string, Value>> = {}) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

/** Declarations as the API forms them, every list there. */
export const declarationsOf = (definition: StorySchema) => ({
  variables: (definition.variables ?? []).map((each) => ({
    ...each,
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
  achievements: (definition.achievements ?? []).map((each) => ({
    ...each,
    secret: each.secret ?? false,
    artifacts: [...(each.artifacts ?? [])],
    endings: [...(each.endings ?? [])],
  })),
  allowUndo: definition.undo ?? false,
});
