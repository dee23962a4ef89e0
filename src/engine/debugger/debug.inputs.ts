import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Text } from '../../graphql/input-rules.js';
import { AtMost } from '../../nodes/declarations/declaration.rules.js';
import { ValueScalar } from '../../nodes/declarations/value.scalar.js';
import type { Value } from '../core/definition.js';
import { DebugStateScalar } from './debug-state.scalar.js';

@InputType({ description: 'Something to set before looking.' })
export class DebugValueInput {
  @Field({
    description:
      'As conditions call it: gold, stats.health, inventory.lamp, artifacts.crown, visits.2A.',
  })
  @IsString()
  name: string;

  @Field(() => ValueScalar, { description: 'What it is to be, of its type and in its bounds.' })
  value: Value;
}

@InputType({ description: 'A choice to make, and how it turns out.' })
export class DebugChoiceInput {
  @Field(() => ID, { description: 'One of the node’s choices.' })
  @IsString()
  choiceId: string;

  @Field(() => Int, {
    nullable: true,
    description: 'What the dice show in sum, where dice are rolled; by chance if null.',
  })
  @IsOptional()
  @IsInt()
  dice?: number | null;

  @Field(() => String, { nullable: true, description: 'The answer, if it is a puzzle.' })
  @IsOptional()
  @Text(0, 500)
  answer?: string | null;

  @Field({ defaultValue: false, description: 'Whether the time of the node is out by then.' })
  @IsBoolean()
  isLate: boolean;
}

@InputType({ description: 'Where to begin or go on, what to set, and which choice to make then.' })
export class DebugInput {
  @Field(() => DebugStateScalar, {
    nullable: true,
    description: 'The `state` of an earlier view to go on from; begins anew if null.',
  })
  @IsOptional()
  state?: unknown;

  @Field(() => ID, {
    nullable: true,
    description: 'Where to begin; at the start if null. Not with a state.',
  })
  @IsOptional()
  @IsString()
  nodeId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Whom to play; the first one if null. Not with a state.',
  })
  @IsOptional()
  @IsString()
  protagonist?: string | null;

  @Field(() => [DebugValueInput], {
    defaultValue: [],
    description: 'What to set first: at most 200.',
  })
  @AtMost(200, 'values')
  @ValidateNested({ each: true })
  @Type(() => DebugValueInput)
  set: DebugValueInput[];

  @Field(() => DebugChoiceInput, { nullable: true, description: 'The choice to make then.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => DebugChoiceInput)
  choice?: DebugChoiceInput | null;
}
