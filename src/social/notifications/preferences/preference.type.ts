import { Field, ObjectType } from '@nestjs/graphql';
import { NotificationKind } from '../list/notification.type.js';

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
}
