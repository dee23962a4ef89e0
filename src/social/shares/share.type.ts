import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { ShareEntity } from './share.entity.js';

export enum ShareChannel {
  LINK = 'link',
  EMAIL = 'email',
  MESSENGER = 'messenger',
  SOCIAL = 'social',
  FEED = 'feed',
  OTHER = 'other',
}

registerEnumType(ShareChannel, {
  name: 'ShareChannel',
  description: 'Which way a link is sent; the visits of each way are counted apart.',
  valuesMap: {
    LINK: { description: 'The link is copied.' },
    EMAIL: { description: 'By e-mail.' },
    MESSENGER: { description: 'To friends, by a messenger.' },
    SOCIAL: { description: 'To everybody, on a social network.' },
    FEED: { description: 'To those who follow, by shareToFeed.' },
    OTHER: { description: 'Any other way.' },
  },
});

@ObjectType({ description: 'A link of yours to a story, or to an ending that you have reached.' })
export class Share {
  @Field(() => ID, { description: 'The id of the share.' })
  id: string;

  @Field({ description: 'The link: a page that shows the story, with a preview for other sites.' })
  url: string;

  @Field({ description: 'The address of the picture for the preview: PNG, 1,200 by 630 pixels.' })
  cardUrl: string;

  @Field(() => ShareChannel, { description: 'Which way it is sent.' })
  channel: ShareChannel;

  @Field(() => ID, { nullable: true, description: 'The ending; null where the story is shared.' })
  endingNodeId: string | null;

  @Field(() => Int, {
    description: 'How often people came by the link. Bots are not counted; it may lag by a second.',
  })
  visits: number;

  @Field({ description: 'When it was first shared.' })
  createdAt: Date;

  /** Not exposed: what resolvers go on from. */
  readonly row: ShareEntity;
}

export const ShareConnection = ConnectionType('Share', () => Share);

export const toShare = (row: ShareEntity, url: (key: string) => string): Share => ({
  id: encodeId('share', row.shareId),
  url: url(row.key),
  cardUrl: `${url(row.key)}/card.png`,
  channel: row.channel as ShareChannel,
  endingNodeId: row.endingNodeId === null ? null : encodeId('node', row.endingNodeId),
  visits: row.visits,
  createdAt: row.createdAt,
  row,
});
