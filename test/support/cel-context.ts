import type { StoryDefinition, Value } from '../../src/engine/core/definition.js';
import type { PlayState } from '../../src/engine/core/play.js';

/** What conditions can read of a state, as the CEL library takes it: whole numbers are BigInts there. */
export function celContext(
  { schema = {}, nodes }: StoryDefinition,
  state: PlayState,
): Record<string, unknown> {
  const all = <T>(entries: readonly (readonly [string, T])[]) => Object.fromEntries(entries);
  const whole = (value: number | undefined) => BigInt(value ?? 0);
  const cel = (type: string, value: Value) => (type === 'int' ? BigInt(value) : value);
  return {
    ...all(
      (schema.variables ?? []).map(({ name, type, initial }) => [
        name,
        cel(type, state.variables?.[name] ?? initial),
      ]),
    ),
    inventory: all((schema.items ?? []).map(({ key }) => [key, whole(state.inventory?.[key])])),
    stats: all(
      (schema.stats ?? []).map(({ key, initial }) => [key, state.stats?.[key] ?? initial]),
    ),
    artifacts: all(
      (schema.artifacts ?? []).map(({ key }) => [key, state.artifacts?.includes(key) ?? false]),
    ),
    endings: all(
      (schema.endings ?? []).map(({ key }) => [key, state.endings?.includes(key) ?? false]),
    ),
    visits: all(nodes.map(({ id, key }) => [key, whole(state.visits?.[id])])),
    turn: whole(state.turn),
    roll: whole(state.roll),
    protagonist: state.protagonist ?? '',
  };
}

/**
 * A condition as plain CEL has it. There `"lamp" in inventory` asks whether there is such a key at all; here, whether
 * there is one or more of it.
 */
export const celSource = (condition: string): string =>
  condition
    .replaceAll(/"(\w+)" in inventory/g, 'inventory.$1 > 0')
    .replaceAll(/"(\w+)" in (artifacts|endings)/g, '$2.$1');
