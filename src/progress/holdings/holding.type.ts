import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { Value } from '../../engine/core/definition.js';
import type { Holdings } from '../../engine/core/holdings.js';
import { VariableType } from '../../nodes/declarations/declaration.type.js';
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

export const toVariables = ({ variables }: Holdings): ShownVariable[] =>
  variables.map(({ variable: { name, type, readerWritable, min, max }, value }) => ({
    name,
    type: type as VariableType,
    value,
    readerWritable: readerWritable ?? false,
    min: min ?? null,
    max: max ?? null,
  }));

export const toInventory = ({ items }: Holdings): InventoryItem[] =>
  items.map(({ item: { key, name, description }, count }) => ({
    key,
    name,
    description: description ?? null,
    count,
  }));

export const toStats = ({ stats }: Holdings): StatValue[] =>
  stats.map(({ stat: { key, name }, value }) => ({ key, name, value }));
