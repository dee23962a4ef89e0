import { Field, InputType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsString } from 'class-validator';
import { MayBeOmitted } from '../../graphql/input-rules.js';

export enum PublishedStoriesRule {
  KEEP = 'keep',
  UNPUBLISH = 'unpublish',
}

registerEnumType(PublishedStoriesRule, {
  name: 'PublishedStoriesRule',
  description: 'What becomes of the published stories of an account that is deleted.',
  valuesMap: {
    KEEP: { description: 'They can be found and played as before, by an author without a name.' },
    UNPUBLISH: {
      description: 'Nobody finds or begins them any more; who plays them now may play on.',
    },
  },
});

@InputType({ description: 'Which account is deleted, and what becomes of its stories.' })
export class DeleteAccountInput {
  @Field({ description: 'Your name, typed to say that you mean this account.' })
  @IsString()
  username: string;

  @Field(() => String, {
    nullable: true,
    description: 'Your password. A guest has none, and leaves it out.',
  })
  @MayBeOmitted()
  @IsString()
  currentPassword?: string;

  @Field(() => PublishedStoriesRule, {
    defaultValue: PublishedStoriesRule.KEEP,
    description: 'What becomes of your published stories.',
  })
  @IsEnum(PublishedStoriesRule)
  publishedStories: PublishedStoriesRule;
}
