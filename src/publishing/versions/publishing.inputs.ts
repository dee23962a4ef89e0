import { Field, InputType } from '@nestjs/graphql';
import { MayBeOmitted, Text, Trim } from '../../graphql/input-rules.js';

@InputType({ description: 'What to note on a new version.' })
export class PublishStoryInput {
  @Field({ nullable: true, description: 'What has changed: at most 1,000 characters.' })
  @MayBeOmitted()
  @Trim()
  @Text(0, 1000)
  note?: string;
}
