import type { FindingCode } from '../../../src/engine/core/finding.js';
import type { StorySchema, VariableDefinition } from '../../../src/engine/core/definition.js';
import type { WrittenNode } from '../../support/written-story.js';

type Nodes = Readonly<Record<string, WrittenNode>>;

/** A small story with one fault, beside the same story without it. */
export interface PlantedFault {
  readonly name: string;
  readonly schema?: StorySchema;
  /** Where the repaired twin declares something else. */
  readonly repairedSchema?: StorySchema;
  readonly faulty: Nodes;
  readonly repaired: Nodes;
  /** All that is found in the faulty story, each as `CODE@node` or `CODE@node/letter` or `CODE`. */
  readonly finds: readonly `${FindingCode}${string}`[];
}

export const int = (name: string, more: Partial<VariableDefinition> = {}): VariableDefinition => ({
  name,
  type: 'int',
  initial: 0,
  ...more,
});
export const bool = (name: string): VariableDefinition => ({ name, type: 'bool', initial: false });
export const lamp: StorySchema = { items: [{ key: 'lamp', name: 'Lamp', max: 1 }] };
export const gold: StorySchema = { variables: [int('gold', { min: 0, max: 10 })] };
export const agility: StorySchema = { stats: [{ key: 'agility', name: 'Agility', initial: 2 }] };
export const ENDING = 'ending' as const;
