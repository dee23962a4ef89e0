import { Field, InputType } from '@nestjs/graphql';
import { IsBoolean } from 'class-validator';
import { MayBeOmitted, Text, Trim } from '../../graphql/input-rules.js';

@InputType({ description: 'How to publish.' })
export class PublishStoryInput {
  @Field({ nullable: true, description: 'What has changed: at most 1,000 characters.' })
  @MayBeOmitted()
  @Trim()
  @Text(0, 1000)
  note?: string;

  @Field({
    nullable: true,
    description:
      'Publish although it is proved that readers can get stuck. False when left out. Structural errors stay errors.',
  })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  publishAnyway?: boolean;
}
