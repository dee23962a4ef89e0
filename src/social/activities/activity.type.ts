import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { ActivityRow } from './activity.repository.js';

export enum ActivityKind {
  PUBLISHED = 'published',
  FINISHED = 'finished',
  RATED = 'rated',
  ACHIEVED = 'achieved',
  SHARED = 'shared',
}

registerEnumType(ActivityKind, {
  name: 'ActivityKind',
  description: 'What somebody did.',
  valuesMap: {
    PUBLISHED: { description: 'Published a story of theirs for the first time.' },
    FINISHED: { description: 'Reached an ending of a story for the first time.' },
    RATED: { description: 'Rated a story.' },
    ACHIEVED: { description: 'Earned an achievement.' },
    SHARED: { description: 'Shared a story, or an ending of it, with those who follow them.' },
  },
});

export enum Audience {
  EVERYONE = 'everyone',
  FOLLOWERS = 'followers',
  NOBODY = 'nobody',
}

registerEnumType(Audience, {
  name: 'Audience',
  description: 'Who may see what somebody does. Those whom they have blocked never may.',
  valuesMap: {
    EVERYONE: { description: 'Everyone, signed in or not.' },
    FOLLOWERS: { description: 'Those who follow them.' },
    NOBODY: { description: 'They alone.' },
  },
});

@ObjectType({ description: 'Something that somebody did.' })
export class Activity {
  @Field(() => ID, { description: 'The id of the activity.' })
  id: string;

  @Field(() => ActivityKind, { description: 'What they did.' })
  kind: ActivityKind;

  @Field({ description: 'When they did it.' })
  at: Date;

  /** Not exposed: what resolvers of this and higher modules go on from. */
  readonly row: ActivityRow;
}

export const ActivityConnection = ConnectionType('Activity', () => Activity);

@ObjectType({ description: 'Who may see what you do of one kind, past and future.' })
export class ActivityPrivacy {
  @Field(() => ActivityKind, { description: 'The kind.' })
  kind: ActivityKind;

  @Field(() => Audience, { description: 'Who may see it.' })
  audience: Audience;
}

export const toActivity = (row: ActivityRow): Activity => ({
  id: encodeId('activity', row.activityId),
  kind: row.kind as ActivityKind,
  at: row.at,
  row,
});
