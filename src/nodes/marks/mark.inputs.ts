import { Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMinSize, ArrayUnique, IsOptional, IsString, ValidateNested } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { Text, Trim } from '../../graphql/input-rules.js';
import { AtMost } from '../declarations/declaration.rules.js';
import { LONGEST, MOST } from '../../engine/core/limits.js';
import { Position } from '../nodes/node.type.js';

const EACH_ONCE = { message: 'must name each node once' };

/** From 1 to `most` nodes. */
const Nodes = (most: number) =>
  applyDecorators(
    ArrayMinSize(1, { message: 'must name a node' }),
    AtMost(most, 'nodes'),
    ArrayUnique(EACH_ONCE),
    IsString({ each: true }),
  );

const Tags = () =>
  applyDecorators(AtMost(MOST.nodeTags, 'tags'), Text(1, LONGEST.tag, { each: true }));

@InputType({ description: 'Where a node is to stand.' })
export class NodePlaceInput {
  @Field(() => ID, { description: 'The node, which other inputs call nodeId.' })
  @IsString()
  id: string;

  @Field(() => Position, {
    nullable: true,
    description: 'Where; null, or nothing, takes it off the map.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => Position)
  position?: Position | null;
}

@InputType({ description: 'Nodes to move on the author’s map.' })
export class MoveNodesInput {
  @Field(() => [NodePlaceInput], { description: 'From 1 to 1,000 nodes.' })
  @ArrayMinSize(1, { message: 'must name a node' })
  @AtMost(1000, 'nodes')
  @ArrayUnique(({ id }: NodePlaceInput) => id, EACH_ONCE)
  @ValidateNested({ each: true })
  @Type(() => NodePlaceInput)
  nodes: NodePlaceInput[];
}

@InputType({ description: 'Nodes to group.' })
export class GroupNodesInput {
  @Field(() => [ID], { description: 'From 1 to 1,000 nodes.' })
  @Nodes(1000)
  nodeIds: string[];

  @Field(() => String, { nullable: true, description: 'The chapter; null takes them out of any.' })
  @IsOptional()
  @Trim()
  @Text(1, LONGEST.chapter)
  chapter?: string | null;
}

@InputType({ description: 'Nodes to tag.' })
export class TagNodesInput {
  @Field(() => [ID], { description: 'From 1 to 1,000 nodes.' })
  @Nodes(1000)
  nodeIds: string[];

  @Field(() => [String], { defaultValue: [], description: 'Tags that they are to have.' })
  @Tags()
  add: string[];

  @Field(() => [String], { defaultValue: [], description: 'Tags that they are to have no longer.' })
  @Tags()
  remove: string[];
}

@InputType({ description: 'A chapter to rename.' })
export class RenameChapterInput {
  @Field({ description: 'Its name.' })
  @Text(1, LONGEST.chapter)
  from: string;

  @Field({ description: 'The new one. Where there is such a chapter already, the two become one.' })
  @Trim()
  @Text(1, LONGEST.chapter)
  to: string;
}

@InputType({ description: 'Nodes to copy.' })
export class DuplicateNodesInput {
  @Field(() => [ID], { description: 'From 1 to 100 nodes.' })
  @Nodes(100)
  nodeIds: string[];
}
