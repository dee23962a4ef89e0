import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageArgs } from '../../graphql/connection.js';
import { MayBeOmitted, Text } from '../../graphql/input-rules.js';
import { ProgressStatus } from './progress.type.js';

@InputType({ description: 'How to start a story.' })
export class StartStoryInput {
  @Field({
    nullable: true,
    description:
      'Begin anew even if there is an unfinished playthrough, which is kept. False when left out.',
  })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  restart?: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The key of the protagonist to play; the first one when left out.',
  })
  @IsOptional()
  @IsString()
  protagonist?: string | null;
}

@InputType({
  description:
    'One choice. Name the playthrough, or the story to go on in its latest unfinished one.',
})
export class MakeChoiceInput {
  @Field(() => ID, { nullable: true, description: 'The playthrough.' })
  @IsOptional()
  @IsString()
  progressId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The story, where progressId is left out. With several playthroughs of it, name the one meant by progressId.',
  })
  @IsOptional()
  @IsString()
  storyId?: string | null;

  @Field(() => ID, { description: 'The node that the reader has before them.' })
  @IsString()
  currentNodeId: string;

  @Field(() => ID, { description: 'One of its choices.' })
  @IsString()
  choiceId: string;

  @Field(() => Int, {
    description:
      'The `step` of the playthrough that the reader has before them: it makes the call safe to repeat.',
  })
  @IsInt()
  @Min(0, { message: 'must be 0 or more' })
  step: number;

  @Field(() => String, {
    nullable: true,
    description:
      'The answer, where the choice is a puzzle: at most 500 characters. Those of a SEQUENCE or SET are separated by commas.',
  })
  @IsOptional()
  @Text(0, 500)
  answer?: string | null;
}

@InputType({ description: 'One choice of a path.' })
export class ChoiceMadeInput {
  @Field(() => ID, { description: 'The node it was made at.' })
  @IsString()
  nodeId: string;

  @Field(() => ID, { description: 'The choice.' })
  @IsString()
  choiceId: string;
}

export const LONGEST_PATH = 10_000;

@InputType({ description: 'A path that was played offline, whole from the start of the story.' })
export class SaveProgressInput {
  @Field(() => ID, { description: 'The story.' })
  @IsString()
  storyId: string;

  @Field(() => [ChoiceMadeInput], {
    description: `Every choice from the start on, in order: at most ${LONGEST_PATH.toLocaleString('en')}.`,
  })
  @ArrayMaxSize(LONGEST_PATH, {
    message: `must have at most ${LONGEST_PATH.toLocaleString('en')} choices`,
  })
  @ValidateNested({ each: true })
  @Type(() => ChoiceMadeInput)
  choicesMade: ChoiceMadeInput[];

  @Field({
    nullable: true,
    description:
      'Keep the path as a playthrough of its own if it parts from the latest one. False when left out.',
  })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  restart?: boolean;
}

@ArgsType()
export class ProgressArgs extends PageArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose playthroughs; your own when left out. Others’ for administrators alone.',
  })
  @IsOptional()
  @IsString()
  userId?: string | null;

  @Field(() => ProgressStatus, { nullable: true, description: 'Only these.' })
  @IsOptional()
  status?: ProgressStatus | null;
}
