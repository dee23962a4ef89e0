import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { AudioDefinition, ImageDefinition } from '../../engine/core/definition.js';
import { PublicRead } from '../../graphql/public-read.js';
import type { MediaEntity } from './media.entity.js';
import type { MediaUrl } from './media.type.js';

@PublicRead()
@ObjectType({ description: 'An image of a story, as WebP in three sizes.' })
export class StoryImage {
  @Field({ description: 'The address of the whole image: at most 2,560 pixels a side.' })
  url: string;

  @Field({ description: 'The address of a middling size: at most 1,024 pixels a side.' })
  coverUrl: string;

  @Field({ description: 'The address of a small size: at most 320 pixels a side.' })
  thumbnailUrl: string;

  @Field(() => Int, { description: 'The width of the whole image in pixels.' })
  width: number;

  @Field(() => Int, { description: 'The height of the whole image in pixels.' })
  height: number;

  @Field({ description: 'What it shows, for those who do not see it.' })
  altText: string;

  @Field({ description: 'Its commonest colour, as #rrggbb: to be shown until it is loaded.' })
  color: string;
}

@PublicRead()
@ObjectType({ description: 'A recording that goes with a node.' })
export class StoryAudio {
  @Field({ description: 'Its address; parts of it can be asked for.' })
  url: string;

  @Field({ description: 'Its format, such as audio/mpeg.' })
  contentType: string;

  @Field(() => Float, { description: 'How long it is, in seconds.' })
  durationSeconds: number;

  @Field(() => String, {
    nullable: true,
    description: 'What it says, for those who do not hear it; null where nobody has written that.',
  })
  altText: string | null;
}

/** @returns null until the image is ready */
export function toStoryImage(image: ImageDefinition | undefined, url: MediaUrl): StoryImage | null {
  if (image?.key === undefined) return null;
  return {
    url: url(image.key, 'full'),
    coverUrl: url(image.key, 'cover'),
    thumbnailUrl: url(image.key, 'thumbnail'),
    width: image.width!,
    height: image.height!,
    altText: image.alt,
    color: image.color!,
  };
}

/** @returns null until the recording is ready */
export function toStoryAudio(audio: AudioDefinition | undefined, url: MediaUrl): StoryAudio | null {
  if (audio?.key === undefined) return null;
  return {
    url: url(audio.key, 'audio'),
    contentType: audio.type!,
    durationSeconds: audio.duration!,
    altText: audio.alt || null,
  };
}

/** @returns null where there is no such image, or it is not ready */
export function toCover(
  media: MediaEntity | undefined,
  alt: string,
  url: MediaUrl,
): StoryImage | null {
  if (media?.status !== 'ready') return null;
  const { mediaId: id, key, width, height, color } = media;
  return toStoryImage({ id, alt, key, width: width!, height: height!, color: color! }, url);
}
