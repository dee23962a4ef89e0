import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMinSize, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { AtMost } from '../declarations/declaration.rules.js';
import { Keepable, Text } from '../../graphql/input-rules.js';
import { LONGEST_EXPRESSION } from '../../engine/core/expressions/expression.js';
import { LONGEST, MOST } from '../../engine/core/limits.js';
import type { Effect as EffectDefinition, PuzzleDefinition } from '../../engine/core/definition.js';

export enum EffectOp {
  SET = 'set',
  ADD = 'add',
  SUB = 'sub',
  TOGGLE = 'toggle',
  GIVE = 'give',
  TAKE = 'take',
  AWARD = 'award',
  UNLOCK = 'unlock',
}

registerEnumType(EffectOp, {
  name: 'EffectOp',
  description: 'What an effect does to its target.',
  valuesMap: {
    SET: { description: 'Sets a variable or stat to the value.' },
    ADD: { description: 'Adds the value to a variable or stat.' },
    SUB: { description: 'Takes the value from a variable or stat.' },
    TOGGLE: { description: 'Turns true to false and false to true.' },
    GIVE: { description: 'Gives the reader items: as many as the value says, one without it.' },
    TAKE: { description: 'Takes items away: as many as the value says, one without it.' },
    AWARD: { description: 'Collects an artifact.' },
    UNLOCK: { description: 'Collects an ending that the reader need not stand at.' },
  },
});

@ObjectType({ description: 'One change of what a playthrough remembers.' })
@InputType('EffectInput', { description: 'One change of what a playthrough remembers.' })
export class Effect {
  @Field(() => EffectOp, { description: 'What it does.' })
  op: EffectOp;

  @Field({ description: 'What it changes: the name of a variable, or the key of anything else.' })
  @IsString()
  target: string;

  @Field(() => String, {
    nullable: true,
    description: 'A CEL expression, such as gold + 5; for SET, ADD, SUB, GIVE and TAKE.',
  })
  @IsOptional()
  @Length(1, LONGEST_EXPRESSION)
  value?: string | null;
}

/** Effects as the API shows them. */
export const effectsOf = (effects: readonly EffectDefinition[] | null | undefined): Effect[] =>
  [...(effects ?? [])] as Effect[];

export enum PuzzleKind {
  TEXT = 'text',
  NUMBER = 'number',
  SEQUENCE = 'sequence',
  SET = 'set',
}

registerEnumType(PuzzleKind, {
  name: 'PuzzleKind',
  description: 'How answers to a puzzle are compared.',
  valuesMap: {
    TEXT: { description: 'As words; case and spaces do not matter.' },
    NUMBER: { description: 'As numbers: 7, 7.0 and 07 are the same.' },
    SEQUENCE: { description: 'As words separated by commas, in order.' },
    SET: { description: 'As words separated by commas, in any order.' },
  },
});

@ObjectType({
  description: 'A question that the reader must answer. Readers never get its answers.',
})
@InputType('PuzzleInput', { description: 'A question that the reader must answer.' })
export class Puzzle {
  @Field(() => PuzzleKind, { description: 'How answers are compared.' })
  kind: PuzzleKind;

  @Field(() => [String], { description: 'Each is right: 1 to 50, of at most 500 characters.' })
  @ArrayMinSize(1, { message: 'must have an answer' })
  @AtMost(MOST.answers, 'answers')
  @Keepable({ each: true })
  @Length(1, LONGEST.answer, { each: true, message: 'must each have 1 to 500 characters' })
  answers: string[];

  @Field(() => Int, {
    nullable: true,
    description: 'How often a reader may try; without end if null.',
  })
  @IsOptional()
  @IsInt()
  @Min(1, { message: 'must be 1 or more; null for no end' })
  @Max(MOST.attempts)
  attempts?: number | null;

  @Field(() => [String], {
    defaultValue: [],
    description: 'Told one after another after wrong answers: at most 20.',
  })
  @AtMost(MOST.hints, 'hints')
  @Text(1, LONGEST.hint, { each: true })
  hints: string[];
}

/** A puzzle as the API shows it, answers and all; null where there is none. */
export const puzzleOf = (puzzle: PuzzleDefinition | null | undefined): Puzzle | null =>
  puzzle ? ({ hints: [], ...puzzle } as unknown as Puzzle) : null;
