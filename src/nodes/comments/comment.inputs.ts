import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, ValidateNested } from 'class-validator';
import { PageArgs } from '../../graphql/connection.js';
import { Text, Trim } from '../../graphql/input-rules.js';

const LONGEST_TEXT = 5000;

@InputType({ description: 'A new comment, on one of a story, a node and a choice.' })
export class AddCommentInput {
  @Field(() => ID, { nullable: true, description: 'The story that it is about as a whole.' })
  @IsOptional()
  @IsString()
  storyId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The node that it is about.' })
  @IsOptional()
  @IsString()
  nodeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The choice that it is about.' })
  @IsOptional()
  @IsString()
  choiceId?: string | null;

  @Field({ description: 'The text, in Markdown: at most 5,000 characters.' })
  @Trim()
  @Text(1, LONGEST_TEXT)
  text: string;
}

@ArgsType()
export class CommentTextArgs {
  @Field({ description: 'The text, in Markdown: at most 5,000 characters.' })
  @Trim()
  @Text(1, LONGEST_TEXT)
  text: string;
}

@InputType({ description: 'Which threads to list: those that fit everything given.' })
export class CommentFilter {
  @Field(() => ID, { nullable: true, description: 'Only those about this node itself.' })
  @IsOptional()
  @IsString()
  nodeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those about this choice.' })
  @IsOptional()
  @IsString()
  choiceId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that are resolved, or only those that are not.',
  })
  @IsOptional()
  @IsBoolean()
  resolved?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Only those that this user began.' })
  @IsOptional()
  @IsString()
  authorId?: string | null;
}

@ArgsType()
export class CommentsArgs extends PageArgs {
  @Field(() => CommentFilter, { nullable: true, description: 'Which threads to list.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => CommentFilter)
  filter?: CommentFilter | null;
}

@ArgsType()
export class CommentsOfPlaceArgs extends PageArgs {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that are resolved, or only those that are not.',
  })
  @IsOptional()
  @IsBoolean()
  resolved?: boolean | null;
}
