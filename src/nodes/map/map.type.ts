import { ArgsType, Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { IsNumber, IsOptional, IsString, Max, Min } from 'class-validator';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { NodeType, Position } from '../nodes/node.type.js';
import type { Area, MapEdgeRow, MapNodeRow, TileRow } from './map.repository.js';

@ArgsType()
export class MapArea {
  @Field(() => Float, { description: 'The left edge of the part to show.' })
  @IsNumber()
  x: number;

  @Field(() => Float, { description: 'Its upper edge.' })
  @IsNumber()
  y: number;

  @Field(() => Float, { description: 'How wide it is.' })
  @Min(Number.MIN_VALUE, { message: 'must be more than 0' })
  width: number;

  @Field(() => Float, { description: 'How high it is.' })
  @Min(Number.MIN_VALUE, { message: 'must be more than 0' })
  height: number;
}

@ArgsType()
export class MapPageArgs {
  @Field(() => Int, { defaultValue: 100, description: 'How many nodes to return: 1 to 500.' })
  @Min(1, { message: 'must be at least 1' })
  @Max(500, { message: 'must be at most 500; page with `after`' })
  first: number;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor to start after: an earlier `endCursor`.',
  })
  @IsOptional()
  @IsString()
  after?: string | null;
}

@ArgsType()
export class MapTileArgs {
  @Field(() => Int, { defaultValue: 16, description: 'Into how many columns to cut: 1 to 32.' })
  @Min(1, { message: 'must be at least 1' })
  @Max(32, { message: 'must be at most 32' })
  columns: number;

  @Field(() => Int, { defaultValue: 16, description: 'Into how many rows to cut: 1 to 32.' })
  @Min(1, { message: 'must be at least 1' })
  @Max(32, { message: 'must be at most 32' })
  rows: number;
}

@ObjectType({ description: 'A part of the author’s map of a draft.' })
export class StoryMap {
  /** Not exposed: of which story it is, and which part. */
  readonly storyId: number;
  readonly area: Area;
}

@ObjectType({ description: 'A way between two nodes, as one of them has it on the map.' })
export class MapEdge {
  @Field(() => ID, { description: 'The choice.' })
  choiceId: string;

  @Field({ description: 'Its letter.' })
  letter: string;

  @Field({ description: 'Whether it is the way of failed checks and puzzles.' })
  isFailure: boolean;

  @Field(() => ID, { description: 'The node at the other end.' })
  nodeId: string;

  @Field(() => Position, { nullable: true, description: 'Where that stands.' })
  position: Position | null;
}

@ObjectType({ description: 'A node on the author’s map.' })
export class MapNode {
  @Field(() => ID, { description: 'The id of the node.' })
  id: string;

  @Field({ description: 'What the author calls it.' })
  key: string;

  @Field({ description: 'The title.' })
  title: string;

  @Field(() => NodeType, { description: 'What it is for.' })
  type: NodeType;

  @Field({ description: 'Whether the story starts here.' })
  isStart: boolean;

  @Field(() => String, { nullable: true, description: 'Its chapter.' })
  chapter: string | null;

  @Field(() => Position, { nullable: true, description: 'Where it stands.' })
  position: Position | null;

  /** Not exposed: what its edges go on from. */
  readonly nodeId: number;
}

export const MapNodeConnection = ConnectionType('MapNode', () => MapNode);

@ObjectType({ description: 'A rectangle of the author’s map, and how many nodes it has.' })
export class MapTile {
  @Field(() => Float, { description: 'Its left edge.' })
  x: number;

  @Field(() => Float, { description: 'Its upper edge.' })
  y: number;

  @Field(() => Float, { description: 'How wide it is.' })
  width: number;

  @Field(() => Float, { description: 'How high it is.' })
  height: number;

  @Field(() => Int, { description: 'How many nodes stand there.' })
  nodeCount: number;

  @Field(() => String, { nullable: true, description: 'The chapter that most of them are in.' })
  chapter: string | null;
}

const toPosition = ({ x, y }: Pick<MapNodeRow, 'x' | 'y'>): Position | null =>
  x === null || y === null ? null : { x, y };

export const toMapNode = (row: MapNodeRow): MapNode => ({
  id: encodeId('node', row.nodeId),
  key: row.key,
  title: row.title,
  type: row.type as NodeType,
  isStart: row.isStart,
  chapter: row.chapter,
  position: toPosition(row),
  nodeId: row.nodeId,
});

export const toMapEdge = (row: MapEdgeRow): MapEdge => ({
  choiceId: encodeId('choice', row.choiceId),
  letter: row.letter,
  isFailure: row.isFailure,
  nodeId: encodeId('node', row.nodeId),
  position: toPosition(row),
});

export function toMapTile(
  { column, row, nodeCount, chapter }: TileRow,
  area: Area,
  { columns, rows }: MapTileArgs,
): MapTile {
  const [width, height] = [area.width / columns, area.height / rows];
  const [x, y] = [area.x + column * width, area.y + row * height];
  return { x, y, width, height, nodeCount, chapter };
}
