import { Field, InputType } from '@nestjs/graphql';
import { IsIn, IsOptional } from 'class-validator';
import { MayBeOmitted, Text } from '../../graphql/input-rules.js';
import { LONGEST } from '../../engine/core/limits.js';
import { NodeType } from '../nodes/node.type.js';

@InputType({ description: 'Which nodes of a draft; each field that is given narrows them down.' })
export class DraftNodeFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Those of this chapter; null for those without one.',
  })
  @IsOptional()
  @Text(1, LONGEST.chapter)
  chapter?: string | null;

  @Field({ nullable: true, description: 'Those with this tag.' })
  @MayBeOmitted()
  @Text(1, LONGEST.tag)
  tag?: string;

  @Field(() => NodeType, { nullable: true, description: 'Those of this type.' })
  @MayBeOmitted()
  @IsIn(Object.values(NodeType))
  type?: NodeType;

  @Field(() => String, {
    nullable: true,
    description:
      'Those that have this in their key, title or text: at most 200 characters; all when it is empty.',
  })
  @IsOptional()
  @Text(0, 200)
  query?: string | null;
}
