import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { Value } from '../../engine/core/definition.js';
import type { PlayState } from '../../engine/core/play.js';
import type { CompiledStory } from '../../engine/core/story.js';
import { Collectible, VariableType } from '../../nodes/declarations/declaration.type.js';
import { ValueScalar } from '../../nodes/declarations/value.scalar.js';

@ObjectType({ description: 'An item that a reader carries.' })
export class InventoryItem {
  @Field({ description: 'The key of the item.' })
  key: string;

  @Field({ description: 'What it is called.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What readers are told of it.' })
  description: string | null;

  @Field(() => Int, { description: 'How many of it.' })
  count: number;
}

@ObjectType({ description: 'A variable that the author shows to readers.' })
export class ShownVariable {
  @Field({ description: 'Its name.' })
  name: string;

  @Field(() => VariableType, { description: 'What it can hold.' })
  type: VariableType;

  @Field(() => ValueScalar, { description: 'What it holds.' })
  value: Value;

  @Field({ description: 'Whether you may set it: setVariables.' })
  readerWritable: boolean;

  @Field(() => Float, { nullable: true, description: 'It is kept at or above this.' })
  min: number | null;

  @Field(() => Float, { nullable: true, description: 'It is kept at or below this.' })
  max: number | null;
}

@ObjectType({ description: 'A trait of the character that the reader plays.' })
export class StatValue {
  @Field({ description: 'The key of the stat.' })
  key: string;

  @Field({ description: 'What it is called.' })
  name: string;

  @Field(() => Float, { description: 'What it is now.' })
  value: number;
}

/** Readers never see the variables that the author hides. */
export const toVariables = ({ schema }: CompiledStory, state: PlayState): ShownVariable[] =>
  (schema.variables ?? [])
    .filter(({ shown }) => shown)
    .map(({ name, type, initial, readerWritable, min, max }) => ({
      name,
      type: type as VariableType,
      value: state.variables?.[name] ?? initial,
      readerWritable: readerWritable ?? false,
      min: min ?? null,
      max: max ?? null,
    }));

export const toInventory = ({ schema }: CompiledStory, state: PlayState): InventoryItem[] =>
  (schema.items ?? []).flatMap(({ key, name, description }) => {
    const count = state.inventory?.[key] ?? 0;
    return count === 0 ? [] : [{ key, name, description: description ?? null, count }];
  });

export const toStats = ({ schema }: CompiledStory, state: PlayState): StatValue[] =>
  (schema.stats ?? []).map(({ key, name, initial }) => ({
    key,
    name,
    value: state.stats?.[key] ?? initial,
  }));

export const toArtifacts = ({ schema }: CompiledStory, state: PlayState): Collectible[] =>
  (schema.artifacts ?? []).filter(({ key }) => state.artifacts?.includes(key));

export const toEndings = ({ schema }: CompiledStory, state: PlayState): Collectible[] =>
  (schema.endings ?? []).filter(({ key }) => state.endings?.includes(key));
