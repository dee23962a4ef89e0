import { Field, Float, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsNumber, IsOptional, Length, Max, Min, ValidateNested } from 'class-validator';
import { LONGEST_EXPRESSION } from '../../engine/core/expressions/expression.js';
import { IdOf, Text } from '../../graphql/input-rules.js';
import { LONGEST, MOST } from '../../engine/core/limits.js';
import { AtMost } from '../declarations/declaration.rules.js';
import { Effect, Puzzle } from './rule.type.js';

/** The rules of a choice. Null takes a rule away. */
@InputType({ isAbstract: true })
export class ChoiceRuleFields {
  @Field(() => String, {
    nullable: true,
    description: 'A CEL expression, such as gold >= 5: the choice is open while it is true.',
  })
  @IsOptional()
  @Length(1, LONGEST_EXPRESSION, {
    message: `must have 1 to ${LONGEST_EXPRESSION} characters; null takes the condition away`,
  })
  condition?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What readers are told while the condition is false. Without it they see nothing of the choice then.',
  })
  @IsOptional()
  @Text(1, LONGEST.lockedText)
  lockedText?: string | null;

  @Field(() => [Effect], {
    nullable: true,
    description:
      'What happens when the choice is made, and its check or puzzle succeeds: at most 50.',
  })
  @IsOptional()
  @AtMost(MOST.effects, 'effects')
  @ValidateNested({ each: true })
  @Type(() => Effect)
  effects?: Effect[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Dice that decide where it leads, such as 2d6 + stats.agility >= 9.',
  })
  @IsOptional()
  @Length(1, LONGEST_EXPRESSION)
  check?: string | null;

  @Field(() => Puzzle, {
    nullable: true,
    description: 'A question that decides where it leads; not together with a check.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => Puzzle)
  puzzle?: Puzzle | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The node that a failed check leads to, or a puzzle whose attempts are used up.',
  })
  @IsOptional()
  @IdOf('node')
  failToNodeId?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The choice makes itself after this many seconds at its node: 1 to 86,400.',
  })
  @IsOptional()
  @IsNumber()
  @Min(1, { message: 'must be 1 or more' })
  @Max(MOST.seconds, { message: 'must be 86,400 or less' })
  afterSeconds?: number | null;
}
