import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { Effect, effectsOf, Puzzle, puzzleOf } from '../rules/rule.type.js';
import type { DraftNode } from '../nodes/node.type.js';
import type { ChoiceEntity } from './choice.entity.js';

/** A choice with its rules, as its author writes it: in a draft, or in a version. */
@ObjectType({ isAbstract: true })
export class WrittenChoice {
  @Field(() => ID, { description: 'The id of the choice; it stays the same in every version.' })
  id: string;

  @Field({ description: 'What the reader may choose.' })
  text: string;

  @Field(() => String, { nullable: true, description: 'What the reader is told after choosing.' })
  consequences: string | null;

  @Field(() => String, { nullable: true, description: 'A CEL expression: open while it is true.' })
  condition: string | null;

  @Field(() => String, { nullable: true, description: 'What readers are told while it is closed.' })
  lockedText: string | null;

  @Field(() => [Effect], { description: 'What happens when it is made, and succeeds.' })
  effects: Effect[];

  @Field(() => String, { nullable: true, description: 'Dice that decide where it leads.' })
  check: string | null;

  @Field(() => Puzzle, { nullable: true, description: 'A question that decides where it leads.' })
  puzzle: Puzzle | null;

  @Field(() => ID, { nullable: true, description: 'The node that failing leads to.' })
  failToNodeId: string | null;

  @Field(() => Float, { nullable: true, description: 'After how many seconds it makes itself.' })
  afterSeconds: number | null;
}

@ObjectType({ description: 'A choice of a draft, as its author writes it.' })
export class DraftChoice extends WrittenChoice {
  @Field({ description: 'A, B, C and so on: follows the order.' })
  letter: string;

  @Field(() => Int, { description: 'Its place among the choices of the node, from 1.' })
  order: number;

  @Field(() => Int, { description: 'Grows with every change; send it with updateChoice.' })
  revision: number;

  @Field({ description: 'When it last changed.' })
  updatedAt: Date;

  /** Where it leads, where that was read with it. */
  readonly toNode?: DraftNode | null | undefined;
  readonly failToNode?: DraftNode | null | undefined;

  /** Not exposed: what resolvers go on from. */
  readonly row: ChoiceEntity;
  readonly storyId: number;
}

export const DraftChoiceConnection = ConnectionType('DraftChoice', () => DraftChoice);

export const toDraftChoice = (row: ChoiceEntity, storyId: number): DraftChoice => ({
  id: encodeId('choice', row.choiceId),
  letter: row.choiceLetter,
  text: row.choiceText,
  consequences: row.consequences,
  condition: row.condition,
  lockedText: row.lockedText,
  effects: effectsOf(row.effects),
  check: row.check,
  puzzle: puzzleOf(row.puzzle),
  failToNodeId: row.failToNodeId === null ? null : encodeId('node', row.failToNodeId),
  afterSeconds: row.timing,
  order: row.order,
  revision: row.revision,
  updatedAt: row.updatedAt,
  row,
  storyId,
});
