import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { NotificationKind } from '../list/notification.type.js';

export enum DigestFrequency {
  OFF = 'off',
  DAILY = 'daily',
  WEEKLY = 'weekly',
}

registerEnumType(DigestFrequency, {
  name: 'DigestFrequency',
  description:
    'How often a mail tells what is new for you: new stories, and a streak that ends unless you play.',
  valuesMap: {
    OFF: { description: 'Never.' },
    DAILY: { description: 'At five in the afternoon of your time zone, where anything is new.' },
    WEEKLY: { description: 'The same, on Fridays alone.' },
  },
});

@ObjectType({ description: 'How you are told of one kind of notification.' })
export class NotificationChannels {
  @Field(() => NotificationKind, { description: 'The kind.' })
  kind: NotificationKind;

  @Field({ description: 'Whether it stands in `notifications`.' })
  inApp: boolean;

  @Field({ description: 'Whether it is mailed, to your address once that is confirmed.' })
  email: boolean;

  @Field({ description: 'Whether it is pushed to the browsers that you have subscribed.' })
  push: boolean;
}

@ObjectType({ description: 'How you are told of what happens.' })
export class NotificationPreferences {
  @Field(() => [NotificationChannels], { description: 'Of each kind.' })
  kinds: readonly NotificationChannels[];

  @Field(() => DigestFrequency, { description: 'How often you get a digest by mail.' })
  digest: DigestFrequency;

  @Field(() => Date, { nullable: true, description: 'When the next digest is due; null for none.' })
  nextDigestAt: Date | null;
}
