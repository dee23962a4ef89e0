import { Field, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { LocalDateResolver } from 'graphql-scalars';
import { applyDecorators } from '@nestjs/common';
import { Text, Trim } from '../../graphql/input-rules.js';

/** The most that one correction adds or takes of each figure. */
const MOST = 1_000_000;

const Delta = (description: string) =>
  applyDecorators(
    Field(() => Int, { defaultValue: 0, description }),
    IsInt(),
    Min(-MOST, { message: `must be at least ${-MOST}` }),
    Max(MOST, { message: `must be at most ${MOST}` }),
  );

@InputType({
  description:
    'What to add to the statistics of a reader, or with a minus to take from them, and why. What they earn by it follows.',
})
export class UpdateUserStatsInput {
  @Field({ description: 'Why: kept with the correction. 1 to 500 characters.' })
  @Trim()
  @Text(1, 500)
  reason: string;

  @Field(() => LocalDateResolver, {
    nullable: true,
    description: 'The day of the reader that is corrected; today when left out.',
  })
  @IsOptional()
  day?: string | null;

  @Delta('Stories begun.')
  storiesStarted: number;

  @Delta('Stories finished.')
  storiesCompleted: number;

  @Delta('Different endings reached.')
  endingsFound: number;

  @Delta('Choices made.')
  totalChoicesMade: number;

  @Delta('Playthroughs begun.')
  playthroughs: number;

  @Delta('Endings reached, those known before too.')
  finishes: number;

  @Delta('How often they sat down to play.')
  sessions: number;

  @Delta('Time spent playing, in minutes.')
  totalPlayTime: number;

  @Delta('Experience, beside what the others earn.')
  xp: number;
}
