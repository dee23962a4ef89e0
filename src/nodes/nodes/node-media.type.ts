import { Field, ObjectType } from '@nestjs/graphql';
import { Media } from '../../media/library/media.type.js';

@ObjectType({ description: 'What a node of a draft shows or plays.' })
export class DraftNodeMedia {
  @Field(() => Media, { nullable: true, description: 'The medium; null when it was deleted.' })
  media: Media | null;

  @Field({ description: 'What it shows or says here; empty while nobody has written that.' })
  altText: string;
}
