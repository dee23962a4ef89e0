import { Field, ObjectType } from '@nestjs/graphql';
import { PublicRead } from '../../graphql/public-read.js';

@PublicRead()
@ObjectType({ description: 'Someone whom a reader can play.' })
export class PlayableProtagonist {
  @Field({ description: 'Name them by it in startStory.' })
  key: string;

  @Field({ description: 'What they are called.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What readers are told of them.' })
  description?: string | null;
}
