import { Field, Int, ObjectType } from '@nestjs/graphql';
import { LocalDateResolver } from 'graphql-scalars';
import type { PlatformDayRow, TopStoryRow } from './platform.repository.js';

@ObjectType({ isAbstract: true })
abstract class PlatformFigures {
  @Field(() => Int, { description: 'Accounts made; guests are not counted.' })
  newUsers: number;

  @Field(() => Int, { description: 'Playthroughs begun.' })
  starts: number;

  @Field(() => Int, { description: 'Choices made, with those that were gone back on.' })
  choices: number;

  @Field(() => Int, { description: 'Endings reached.' })
  finishes: number;

  @Field(() => Int, { description: 'Stories published for the first time.' })
  storiesPublished: number;
}

@ObjectType({ description: 'What happened on one day of universal time.' })
export class PlatformDay extends PlatformFigures {
  @Field(() => LocalDateResolver, { description: 'The day.' })
  day: string;

  @Field(() => Int, { description: 'Different readers who played, guests included.' })
  activeReaders: number;
}

@ObjectType({ description: 'How many different readers played, guests included.' })
export class ActiveReaders {
  @Field(() => Int, { description: 'On the last day.' })
  day: number;

  @Field(() => Int, { description: 'On the seven days up to the last one.' })
  week: number;

  @Field(() => Int, { description: 'On the thirty days up to the last one.' })
  month: number;
}

@ObjectType({ description: 'A story that is played much.' })
export class TopStory {
  @Field(() => Int, { description: 'Playthroughs of it begun.' })
  starts: number;

  /** Not exposed: what resolvers go on from. */
  readonly row: TopStoryRow;
}

@ObjectType({ description: 'What happens in this installation, for its administrators.' })
export class PlatformAnalytics extends PlatformFigures {
  @Field(() => LocalDateResolver, { description: 'The first day, of universal time.' })
  from: string;

  @Field(() => LocalDateResolver, { description: 'The last day.' })
  to: string;

  @Field(() => [PlatformDay], { description: 'Day by day, the oldest first.' })
  days: readonly PlatformDay[];
}

/** What the days add up to. */
export function toPlatform(
  range: { readonly from: string; readonly to: string },
  days: readonly PlatformDayRow[],
): PlatformAnalytics {
  const total = (part: keyof PlatformFigures) => days.reduce((sum, day) => sum + day[part], 0);
  return {
    ...range,
    newUsers: total('newUsers'),
    starts: total('starts'),
    choices: total('choices'),
    finishes: total('finishes'),
    storiesPublished: total('storiesPublished'),
    days,
  };
}
