import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import { MayBeOmitted, Text } from '../../graphql/input-rules.js';
import { AtMost } from '../../nodes/declarations/declaration.rules.js';
import { LONGEST } from '../core/limits.js';
import { DebugValueInput } from '../debugger/debug.inputs.js';
import { DebugStateScalar } from '../debugger/debug-state.scalar.js';

@InputType({ description: 'What to show: a text, a node or a choice, one of them.' })
export class PreviewInput {
  @Field({
    nullable: true,
    description: `A text as it would stand in a node, in Markdown with Liquid: at most ${LONGEST.content} characters.`,
  })
  @MayBeOmitted()
  @Text(0, LONGEST.content)
  text?: string;

  @Field(() => ID, { nullable: true, description: 'A node of the draft, for its text.' })
  @MayBeOmitted()
  @IsString({ message: 'must be the id of a node; leave it out otherwise' })
  nodeId?: string;

  @Field(() => ID, { nullable: true, description: 'A choice of the draft, for its text.' })
  @MayBeOmitted()
  @IsString({ message: 'must be the id of a choice; leave it out otherwise' })
  choiceId?: string;

  @Field(() => DebugStateScalar, {
    nullable: true,
    description:
      'Where the reader stands: the `state` of a view of debugStory, as it is; at the beginning if null.',
  })
  @IsOptional()
  state?: unknown;

  @Field(() => [DebugValueInput], {
    defaultValue: [],
    description: 'What to set then, as in debugStory: at most 200.',
  })
  @AtMost(200, 'values')
  @ValidateNested({ each: true })
  @Type(() => DebugValueInput)
  set: DebugValueInput[];
}

@ObjectType({ description: 'A fault of a text.' })
export class TextProblem {
  @Field({ description: 'What is wrong.' })
  message: string;

  @Field(() => Int, { description: 'The line, from 1.' })
  line: number;

  @Field(() => Int, { description: 'The character in the line, from 1.' })
  column: number;
}

@ObjectType({ description: 'What readers would read.' })
export class TextPreview {
  @Field({
    description:
      'The text with its Liquid carried out, in Markdown; as it is written where that is faulty.',
  })
  text: string;

  @Field({
    description:
      'The same as sanitised HTML. Texts of choices have no Markdown, and are only escaped.',
  })
  html: string;

  @Field(() => Int, { description: 'How many words that has.' })
  words: number;

  @Field(() => Int, {
    description: 'How long reading it takes, at 200 words a minute; 0 only without any words.',
  })
  readingMinutes: number;

  @Field(() => [TextProblem], {
    description: 'What is wrong with the text: the faults of its Liquid, and broken links.',
  })
  problems: readonly TextProblem[];
}
