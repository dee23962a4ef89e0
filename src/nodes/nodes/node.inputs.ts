import { Field, InputType, Int, PartialType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  ValidateNested,
} from 'class-validator';
import { RefusedByService } from '../../graphql/input-faults.js';
import { MayBeOmitted, Text, Trim } from '../../graphql/input-rules.js';
import { MediaUseInput } from '../../media/library/media.inputs.js';
import { AtMost } from '../declarations/declaration.rules.js';
import { LONGEST, MOST, SHAPES } from '../../engine/core/limits.js';
import { Effect } from '../rules/rule.type.js';
import { EndingKind, NodeType, Position } from './node.type.js';

@InputType({ isAbstract: true })
class NodeFields {
  @Field({ description: 'The title: at most 200 characters.' })
  @Trim()
  @Text(1, LONGEST.title)
  title: string;

  @Field({ description: 'The text, in Markdown: at most 50,000 characters.' })
  @Text(0, LONGEST.content)
  content: string;

  @Field(() => NodeType, { description: 'What it is for.' })
  @IsIn(Object.values(NodeType))
  type: NodeType;

  @Field({
    nullable: true,
    description:
      'What you call it, unique in the story; a new node gets the next free number when it is left out.',
  })
  @MayBeOmitted()
  @Trim()
  @Matches(SHAPES.nodeKey.pattern, { message: SHAPES.nodeKey.message })
  key?: string;

  @Field({
    nullable: true,
    description: 'Start the story here; the node that was the start is so no longer.',
  })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  isStart?: boolean;

  @Field(() => EndingKind, {
    nullable: true,
    description: 'How the ending feels; for endings alone.',
  })
  @IsOptional()
  endingKind?: EndingKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'The declared ending that readers collect here; for endings alone.',
  })
  @IsOptional()
  @IsString()
  ending?: string | null;

  @Field(() => [Effect], {
    nullable: true,
    description: 'What happens whenever a reader comes here: at most 50.',
  })
  @IsOptional()
  @AtMost(MOST.effects, 'effects')
  @ValidateNested({ each: true })
  @Type(() => Effect)
  effects?: Effect[] | null;

  @Field(() => MediaUseInput, {
    nullable: true,
    description: 'The image shown with it; null takes it away.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => MediaUseInput)
  image?: MediaUseInput | null;

  @Field(() => MediaUseInput, {
    nullable: true,
    description: 'The recording that goes with it; null takes it away.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => MediaUseInput)
  audio?: MediaUseInput | null;

  @Field(() => [String], {
    nullable: true,
    description: 'What you mark it with, unseen by readers: at most 20, of 1 to 100 characters.',
  })
  @MayBeOmitted()
  @AtMost(MOST.nodeTags, 'tags')
  @Text(1, LONGEST.tag, { each: true })
  tags?: string[];

  @Field(() => String, {
    nullable: true,
    description: 'The chapter that you group it under, unseen by readers: at most 100 characters.',
  })
  @IsOptional()
  @Trim()
  @Text(0, LONGEST.chapter)
  chapter?: string | null;

  @Field(() => Position, { nullable: true, description: 'Where it stands on your map.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => Position)
  position?: Position | null;
}

@RefusedByService()
@InputType({ description: 'A new node.' })
export class AddNodeInput extends NodeFields {}

@RefusedByService()
@InputType({ description: 'What to change of a node; what is left out stays.' })
export class UpdateNodeInput extends PartialType(NodeFields, { skipNullProperties: false }) {
  @Field(() => Int, { description: 'The revision that the change was made on.' })
  @IsInt()
  revision: number;
}
