import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { MediaEntity } from './media.entity.js';
import type { MediaVariant } from './media-files.js';

/** The address of a file of a medium. */
export type MediaUrl = (key: string, variant: MediaVariant) => string;

export enum MediaKind {
  IMAGE = 'image',
  AUDIO = 'audio',
}

registerEnumType(MediaKind, {
  name: 'MediaKind',
  description: 'What a medium is.',
  valuesMap: {
    IMAGE: { description: 'A picture.' },
    AUDIO: { description: 'A recording.' },
  },
});

export enum MediaStatus {
  PROCESSING = 'processing',
  READY = 'ready',
  FAILED = 'failed',
}

registerEnumType(MediaStatus, {
  name: 'MediaStatus',
  description: 'How far a medium is.',
  valuesMap: {
    PROCESSING: { description: 'Its files are being made.' },
    READY: { description: 'It can be shown and played.' },
    FAILED: { description: 'Its files could not be made: upload it again.' },
  },
});

@ObjectType({ description: 'An image or a recording that stories can show and play.' })
export class Media {
  @Field(() => ID, { description: 'The id of the medium.' })
  id: string;

  @Field(() => MediaKind, { description: 'What it is.' })
  kind: MediaKind;

  @Field(() => MediaStatus, { description: 'How far it is.' })
  status: MediaStatus;

  @Field({ description: 'What the uploaded file was called.' })
  filename: string;

  @Field({ description: 'What the uploaded file was by its content, such as image/png.' })
  contentType: string;

  @Field(() => Int, { description: 'How many bytes the uploaded file had.' })
  size: number;

  @Field({ description: 'What it shows or says; empty while nobody has written that.' })
  altText: string;

  @Field(() => Int, { nullable: true, description: 'The width of an image in pixels.' })
  width: number | null;

  @Field(() => Int, { nullable: true, description: 'The height of an image in pixels.' })
  height: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The commonest colour of an image, as #rrggbb: to be shown until it is loaded.',
  })
  color: string | null;

  @Field(() => Float, { nullable: true, description: 'How long a recording is, in seconds.' })
  durationSeconds: number | null;

  @Field(() => String, { nullable: true, description: 'Its address; null until it is ready.' })
  url: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The address of an image of at most 320 pixels a side.',
  })
  thumbnailUrl: string | null;

  @Field({ description: 'When it was uploaded.' })
  createdAt: Date;

  /** Not exposed: what resolvers go on from. */
  readonly row: MediaEntity;
}

export const MediaConnection = ConnectionType('Media', () => Media);

export function toMedia(row: MediaEntity, url: MediaUrl): Media {
  const isReady = row.status === 'ready';
  const isImage = row.kind === 'image';
  return {
    id: encodeId('media', row.mediaId),
    kind: row.kind as MediaKind,
    status: row.status as MediaStatus,
    filename: row.filename,
    contentType: row.contentType,
    size: row.size,
    altText: row.altText,
    width: row.width,
    height: row.height,
    color: row.color,
    durationSeconds: row.durationSeconds,
    url: isReady ? url(row.key, isImage ? 'full' : 'audio') : null,
    thumbnailUrl: isReady && isImage ? url(row.key, 'thumbnail') : null,
    createdAt: row.createdAt,
    row,
  };
}
