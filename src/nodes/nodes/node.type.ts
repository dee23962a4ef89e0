import { Field, Float, ID, Int, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { applyDecorators } from '@nestjs/common';
import { IsNumber, Max, Min } from 'class-validator';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { Effect, effectsOf } from '../rules/rule.type.js';
import type { DraftChoice } from '../choices/choice.type.js';
import type { NodeEntity } from './node.entity.js';

export enum NodeType {
  STORY = 'story',
  CHOICE = 'choice',
  ENDING = 'ending',
}

registerEnumType(NodeType, {
  name: 'NodeType',
  description: 'What a node is for.',
  valuesMap: {
    STORY: { description: 'Tells; it usually leads on by a single choice.' },
    CHOICE: { description: 'Lets the reader choose.' },
    ENDING: { description: 'Ends the playthrough.' },
  },
});

export enum EndingKind {
  GOOD = 'good',
  NEUTRAL = 'neutral',
  BAD = 'bad',
  SECRET = 'secret',
}

registerEnumType(EndingKind, {
  name: 'EndingKind',
  description: 'How an ending feels.',
  valuesMap: {
    GOOD: { description: 'It ends well.' },
    NEUTRAL: { description: 'It ends, neither well nor badly.' },
    BAD: { description: 'It ends badly.' },
    SECRET: { description: 'It is well hidden.' },
  },
});

const FARTHEST = 1_000_000;
const RANGE = 'from -1,000,000 to 1,000,000';

const Coordinate = () =>
  applyDecorators(
    IsNumber(),
    Min(-FARTHEST, { message: `must be ${RANGE}` }),
    Max(FARTHEST, { message: `must be ${RANGE}` }),
  );

@ObjectType({ description: 'Where a node stands on the author’s map.' })
@InputType('PositionInput', { description: 'Where a node stands on the author’s map.' })
export class Position {
  @Field(() => Float, { description: `Units to the right, ${RANGE}.` })
  @Coordinate()
  x: number;

  @Field(() => Float, { description: `Units down, ${RANGE}.` })
  @Coordinate()
  y: number;
}

/** A node with its rules, as its author writes it: in a draft, or in a version. */
@ObjectType({ isAbstract: true })
export class WrittenNode {
  @Field(() => ID, { description: 'The id of the node; it stays the same in every version.' })
  id: string;

  @Field({ description: 'The title.' })
  title: string;

  @Field(() => NodeType, { description: 'What it is for.' })
  type: NodeType;

  @Field({ description: 'Whether the story starts here.' })
  isStart: boolean;

  @Field({ description: 'Whether the story ends here.' })
  isEnding: boolean;

  @Field(() => EndingKind, { nullable: true, description: 'How the ending feels; null elsewhere.' })
  endingKind: EndingKind | null;

  @Field(() => String, { nullable: true, description: 'The declared ending collected here.' })
  ending: string | null;

  @Field(() => [Effect], { description: 'What happens whenever a reader comes here.' })
  effects: Effect[];
}

@ObjectType({ description: 'A node of a draft, as its author writes it.' })
export class DraftNode extends WrittenNode {
  @Field({ description: 'What the author calls it, unique in the story.' })
  key: string;

  @Field({ description: 'The text, in Markdown.' })
  content: string;

  @Field(() => [String], { description: 'What the author marks it with; readers see none of it.' })
  tags: string[];

  @Field(() => String, {
    nullable: true,
    description: 'The chapter that the author groups it under; readers see none of it.',
  })
  chapter: string | null;

  @Field(() => Position, { nullable: true, description: 'Where it stands on the author’s map.' })
  position: Position | null;

  @Field(() => Int, { description: 'Grows with every change; send it with updateNode.' })
  revision: number;

  @Field({ description: 'When it last changed.' })
  updatedAt: Date;

  /** Its choices, where they were read with it. */
  readonly choices?: readonly DraftChoice[] | undefined;

  /** Not exposed: what resolvers go on from. */
  readonly row: NodeEntity;
}

export const DraftNodeConnection = ConnectionType('DraftNode', () => DraftNode);

export const toDraftNode = (row: NodeEntity): DraftNode => ({
  id: encodeId('node', row.nodeId),
  key: row.nodeKey,
  title: row.nodeTitle,
  content: row.content,
  type: row.nodeType as NodeType,
  isStart: row.isStartingNode,
  isEnding: row.isEndingNode,
  endingKind: row.endingKind as EndingKind | null,
  ending: row.ending,
  effects: effectsOf(row.effects),
  tags: row.tags,
  chapter: row.chapter,
  position:
    row.positionX === null || row.positionY === null
      ? null
      : { x: row.positionX, y: row.positionY },
  revision: row.revision,
  updatedAt: row.updatedAt,
  row,
});
