import { Field, ID, InputType, OmitType, PartialType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, ValidateNested } from 'class-validator';
import { MayBeOmitted, Text, Trim } from '../../graphql/input-rules.js';
import { LONGEST } from '../../engine/core/limits.js';
import { Position } from '../../nodes/nodes/node.type.js';
import { CreateStoryInput } from '../../stories/story.inputs.js';

/** The most nodes of a template. */
export const MOST_NODES = 500;

@InputType({ isAbstract: true })
class TemplateFields {
  @Field({ description: 'The title: at most 200 characters.' })
  @Trim()
  @Text(1, LONGEST.title)
  title: string;

  @Field({ description: 'What it is good for: at most 2,000 characters.' })
  @Trim()
  @Text(1, LONGEST.description)
  description: string;

  @Field({
    nullable: true,
    description:
      'Whether all authors may use it. A new template is not shared when it is left out.',
  })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  isShared?: boolean;
}

@InputType({ description: 'A new template.' })
export class SaveTemplateInput extends TemplateFields {
  @Field(() => [ID], {
    nullable: true,
    description: `The nodes that make it, at most ${MOST_NODES}; all of the draft when left out.`,
  })
  @MayBeOmitted()
  @IsArray({ message: 'must be a list; leave it out for the whole draft' })
  @ArrayMinSize(1, { message: 'must name a node; leave it out for the whole draft' })
  @ArrayMaxSize(MOST_NODES, { message: `must name at most ${MOST_NODES} nodes` })
  nodeIds?: string[];
}

@InputType({ description: 'What to change of a template; what is left out stays.' })
export class UpdateTemplateInput extends PartialType(TemplateFields, {
  skipNullProperties: false,
}) {}

@InputType({
  description:
    'The details of a story made from a template; what is left out is as in the template, but the description, which is then the title.',
})
export class CreateFromTemplateInput extends PartialType(
  OmitType(CreateStoryInput, ['title', 'cover']),
  {
    skipNullProperties: false,
  },
) {
  @Field({ description: 'The title: at most 200 characters.' })
  @Trim()
  @Text(1, LONGEST.title)
  title: string;
}

@InputType({ description: 'Where a template goes in a draft.' })
export class InsertTemplateInput {
  @Field(() => Position, {
    nullable: true,
    description:
      'Where its first node comes to stand on your map, the others around it; below your own nodes when left out.',
  })
  @MayBeOmitted()
  @ValidateNested()
  @Type(() => Position)
  position?: Position;

  @Field({
    nullable: true,
    description: 'The chapter of its nodes; as in the template when left out.',
  })
  @MayBeOmitted()
  @Trim()
  @Text(1, LONGEST.chapter)
  chapter?: string;
}
