import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../../graphql/connection.js';
import { encodeId } from '../../../graphql/ids.js';
import type { NotificationEntity } from './notification.entity.js';

export enum NotificationKind {
  INVITATION = 'invitation',
  COMMENT = 'comment',
  REPLY = 'reply',
  FOLLOWER = 'follower',
  REVIEW = 'review',
  REVIEW_REPLY = 'review-reply',
  PLAYTHROUGH_MOVED = 'playthrough-moved',
}

registerEnumType(NotificationKind, {
  name: 'NotificationKind',
  description: 'What users are told of.',
  valuesMap: {
    INVITATION: { description: 'Somebody offers you a part in their story.' },
    COMMENT: { description: 'Somebody commented on your story.' },
    REPLY: { description: 'Somebody replied in a thread that you began or replied in.' },
    FOLLOWER: { description: 'Somebody follows you.' },
    REVIEW: { description: 'Somebody wrote a review of your story.' },
    REVIEW_REPLY: { description: 'The author of a story answered your review of it.' },
    PLAYTHROUGH_MOVED: {
      description: 'The author of a story moved your playthrough of it to another version.',
    },
  },
});

@ObjectType({ description: 'Something that you are told of, once.' })
export class Notification {
  @Field(() => ID, { description: 'The id of the notification.' })
  id: string;

  @Field(() => NotificationKind, { description: 'What it is about.' })
  kind: NotificationKind;

  @Field({ description: 'When it happened.' })
  createdAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was marked as read; null until then.',
  })
  readAt: Date | null;

  /** Not exposed: what resolvers go on from. */
  readonly row: NotificationEntity;
}

export const NotificationConnection = ConnectionType('Notification', () => Notification);

export const toNotification = (row: NotificationEntity): Notification => ({
  id: encodeId('notification', row.notificationId),
  kind: row.kind as NotificationKind,
  createdAt: row.createdAt,
  readAt: row.readAt,
  row,
});
