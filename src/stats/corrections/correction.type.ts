import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { LocalDateResolver } from 'graphql-scalars';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { CorrectionEntity } from './correction.entity.js';

export const MINUTE = 60_000;

@ObjectType({ description: 'What an administrator added to the statistics of a reader.' })
export class StatsCorrection {
  @Field(() => ID, { description: 'The id of the correction.' })
  id: string;

  @Field(() => LocalDateResolver, { description: 'The day of the reader that was corrected.' })
  day: string;

  @Field({ description: 'Why.' })
  reason: string;

  @Field({ description: 'When it was made.' })
  createdAt: Date;

  @Field(() => Int, { description: 'Stories begun.' })
  storiesStarted: number;

  @Field(() => Int, { description: 'Stories finished.' })
  storiesCompleted: number;

  @Field(() => Int, { description: 'Different endings reached.' })
  endingsFound: number;

  @Field(() => Int, { description: 'Choices made.' })
  totalChoicesMade: number;

  @Field(() => Int, { description: 'Playthroughs begun.' })
  playthroughs: number;

  @Field(() => Int, { description: 'Endings reached, those known before too.' })
  finishes: number;

  @Field(() => Int, { description: 'How often they sat down to play.' })
  sessions: number;

  @Field(() => Int, { description: 'Time spent playing, in minutes.' })
  totalPlayTime: number;

  @Field(() => Int, { description: 'Experience, beside what the others earn.' })
  xp: number;

  /** Not exposed: what resolvers go on from. */
  readonly row: CorrectionEntity;
}

export const StatsCorrectionConnection = ConnectionType('StatsCorrection', () => StatsCorrection);

export const toCorrection = (row: CorrectionEntity): StatsCorrection => ({
  id: encodeId('correction', row.correctionId),
  day: row.day,
  reason: row.reason,
  createdAt: row.createdAt,
  storiesStarted: row.storiesStarted,
  storiesCompleted: row.storiesFinished,
  endingsFound: row.endingsFound,
  totalChoicesMade: row.choices,
  playthroughs: row.plays,
  finishes: row.finishes,
  sessions: row.sessions,
  totalPlayTime: row.playMs / MINUTE,
  xp: row.xp,
  row,
});
