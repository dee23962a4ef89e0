import { randomUUID } from 'node:crypto';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { IsString, MaxLength } from 'class-validator';
import { parseDice } from '../../engine/core/expressions/dice.js';
import { isFaulty } from '../../engine/core/expressions/problem.js';
import { rollDice, seededRandom, sumOf } from '../../engine/core/random.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { badUserInput } from '../../graphql/errors.js';
import { decodeId } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { ProgressService } from '../playthroughs/progress.service.js';

@InputType({ description: 'Dice to roll beside the story.' })
export class RollDiceInput {
  @Field(() => ID, { description: 'The playthrough they are rolled in.' })
  @IsString()
  progressId: string;

  @Field({ description: 'The dice, such as d20, 3d6 or 2d6 + 3.' })
  @MaxLength(50)
  dice: string;
}

@ObjectType({ description: 'Dice that were rolled.' })
export class DiceRoll {
  @Field(() => [Int], { description: 'What each of the dice shows.' })
  dice: readonly number[];

  @Field(() => Int, { description: 'What is added to them.' })
  bonus: number;

  @Field(() => Int, { description: 'All of it together.' })
  total: number;
}

/** Dice for readers to decide by. They change nothing in the story: its own checks are rolled by makeChoice. */
@Resolver()
export class DiceResolver {
  constructor(private readonly playthroughs: ProgressService) {}

  @Mutation(() => DiceRoll, {
    description:
      'Rolls dice for you, fairly, on the server. The story takes no notice: its checks are rolled by makeChoice.',
  })
  @AccessFor(Access.SignedIn)
  async rollDice(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'The dice.' }) { progressId, dice: source }: RollDiceInput,
  ): Promise<DiceRoll> {
    await this.playthroughs.get(viewer, decodeId('progress', progressId, 'input.progressId'));
    const parsed = parseDice(source);
    if (isFaulty(parsed))
      throw badUserInput(parsed.map((fault) => ({ path: 'input.dice', ...fault })));
    const dice = rollDice(parsed.dice, seededRandom(randomUUID()));
    return { dice, bonus: parsed.bonus, total: sumOf(dice) + parsed.bonus };
  }
}
