import { badUserInput, type FieldProblem } from '../../graphql/errors.js';
import type { Value } from '../core/definition.js';
import type { Memory } from '../core/expressions/evaluate.js';
import type { Slot } from '../core/layout.js';
import { valueProblem } from '../core/rules.js';
import { namedSlots, noSuchName } from '../core/slot-names.js';
import { hasProtagonist, type CompiledStory } from '../core/story.js';
import type { DebugValueInput } from './debug.inputs.js';

/**
 * A memory with values set by the names that conditions have for them.
 * @throws {ApiError} `BAD_USER_INPUT` of `input.set`, with every name and value that the story does not have
 */
export function memoryWith(
  story: CompiledStory,
  before: Memory,
  values: readonly DebugValueInput[],
): Memory {
  const slots = namedSlots(story);
  const memory = [...before];
  const problems = values.flatMap(({ name, value }, i): FieldProblem[] => {
    const path = `input.set.${i}`;
    const slot = slots.get(name);
    if (slot === undefined)
      return [{ path: `${path}.name`, message: noSuchName(name, slots.keys()) }];
    const message = valueProblem(slot, value) ?? protagonistProblem(story, slot, value);
    if (message !== undefined) return [{ path: `${path}.value`, message }];
    memory[slot.index] = value;
    return [];
  });
  if (problems.length > 0) throw badUserInput(problems);
  return memory;
}

const protagonistProblem = (story: CompiledStory, { kind }: Slot, value: Value) =>
  kind === 'protagonist' && !hasProtagonist(story, value)
    ? `there is no protagonist ${value}`
    : undefined;
