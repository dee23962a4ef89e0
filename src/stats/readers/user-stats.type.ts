import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { LocalDateResolver } from 'graphql-scalars';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { experienceOf, levelOf } from './experience.js';
import { dayBefore } from '../days.js';
import type { ReaderDayRow, ReaderStoryRow, UserStatsRow } from './user-stats.repository.js';

const MINUTE = 60_000;

@ObjectType({
  description:
    'What a reader has done so far. Choices and endings are counted in the background, within seconds.',
})
export class UserStats {
  @Field(() => ID, { description: 'The id of the reader.' })
  userId: string;

  @Field(() => Int, { description: 'How many stories they have begun.' })
  storiesStarted: number;

  @Field(() => Int, { description: 'How many stories they have finished at least once.' })
  storiesCompleted: number;

  @Field(() => Int, { description: 'How many different endings they have reached.' })
  endingsFound: number;

  @Field(() => Int, { description: 'How many choices they have made.' })
  totalChoicesMade: number;

  @Field(() => Int, { description: 'How many playthroughs they have begun.' })
  playthroughs: number;

  @Field(() => Int, {
    description:
      'How often they sat down to play: a playthrough that is begun, or gone on with after half an hour.',
  })
  sessions: number;

  @Field(() => Int, { description: 'How long they have played, in minutes.' })
  totalPlayTime: number;

  @Field(() => Int, { description: 'The experience that they have gained.' })
  xp: number;

  @Field(() => Int, {
    description: 'Their level, from 1: level L begins at 50·L·(L − 1) experience.',
  })
  level: number;

  @Field(() => Int, { description: 'The experience at which their level began.' })
  xpForLevel: number;

  @Field(() => Int, { description: 'The experience at which the next level begins.' })
  xpForNextLevel: number;

  @Field(() => Int, {
    description:
      'How many days in a row they have played, in their time zone, up to today or yesterday; 0 where the last day lies further back.',
  })
  currentStreak: number;

  @Field(() => Int, { description: 'The most days in a row on which they have played.' })
  longestStreak: number;

  /** Not exposed: what resolvers go on from. */
  readonly reader: number;
}

@ObjectType({ description: 'What a reader did on one day of their time zone.' })
export class ReaderDay {
  @Field(() => LocalDateResolver, { description: 'The day.' })
  day: string;

  @Field(() => Int, { description: 'Playthroughs begun.' })
  playthroughs: number;

  @Field(() => Int, { description: 'Choices made.' })
  choices: number;

  @Field(() => Int, { description: 'Endings reached, those known before too.' })
  finishes: number;

  @Field(() => Int, { description: 'How often they sat down to play.' })
  sessions: number;

  @Field(() => Int, { description: 'Time spent playing, in seconds.' })
  playSeconds: number;

  @Field(() => Int, { description: 'Stories begun for the first time.' })
  storiesStarted: number;

  @Field(() => Int, { description: 'Stories finished for the first time.' })
  storiesCompleted: number;

  @Field(() => Int, { description: 'Endings reached for the first time.' })
  endingsFound: number;

  @Field(() => Int, { description: 'Experience gained.' })
  xp: number;
}

@ObjectType({ description: 'What a reader did in one story.' })
export class ReaderStory {
  @Field(() => Int, { description: 'Playthroughs begun.' })
  playthroughs: number;

  @Field(() => Int, { description: 'Choices made.' })
  choices: number;

  @Field(() => Int, { description: 'Endings reached, those known before too.' })
  finishes: number;

  @Field(() => Int, { description: 'How often they sat down to it.' })
  sessions: number;

  @Field(() => Int, { description: 'Time spent in it, in seconds.' })
  playSeconds: number;

  @Field({ description: 'When they last played it.' })
  lastPlayed: Date;

  /** Not exposed: what resolvers go on from. */
  readonly row: ReaderStoryRow;
}

export const ReaderStoryConnection = ConnectionType('ReaderStory', () => ReaderStory);

const NOTHING: UserStatsRow = {
  storiesStarted: 0,
  storiesCompleted: 0,
  endingsFound: 0,
  totalChoicesMade: 0,
  plays: 0,
  finishes: 0,
  sessions: 0,
  playMs: 0,
  xp: 0,
  streak: 0,
  longestStreak: 0,
  lastDay: null,
  today: '',
};

export const toStats = (userId: number, row: UserStatsRow = NOTHING): UserStats => ({
  userId: encodeId('user', userId),
  storiesStarted: row.storiesStarted,
  storiesCompleted: row.storiesCompleted,
  endingsFound: row.endingsFound,
  totalChoicesMade: row.totalChoicesMade,
  playthroughs: row.plays,
  sessions: row.sessions,
  totalPlayTime: Math.floor(row.playMs / MINUTE),
  xp: row.xp,
  level: levelOf(row.xp),
  xpForLevel: experienceOf(levelOf(row.xp)),
  xpForNextLevel: experienceOf(levelOf(row.xp) + 1),
  currentStreak: row.lastDay !== null && row.lastDay >= dayBefore(row.today) ? row.streak : 0,
  longestStreak: row.longestStreak,
  reader: userId,
});

export const toReaderDay = ({
  plays,
  playMs,
  storiesFinished,
  ...row
}: ReaderDayRow): ReaderDay => ({
  ...row,
  playthroughs: plays,
  storiesCompleted: storiesFinished,
  playSeconds: Math.floor(playMs / 1000),
});

export const toReaderStory = (row: ReaderStoryRow): ReaderStory => ({
  playthroughs: row.plays,
  choices: row.choices,
  finishes: row.finishes,
  sessions: row.sessions,
  playSeconds: Math.floor(row.playMs / 1000),
  lastPlayed: row.lastAt,
  row,
});
