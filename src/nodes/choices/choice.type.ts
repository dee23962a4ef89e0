import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { ChoiceEntity } from './choice.entity.js';

@ObjectType({ description: 'A choice of a draft, as its author writes it.' })
export class DraftChoice {
  @Field(() => ID, { description: 'The id of the choice; it stays the same in every version.' })
  id: string;

  @Field({ description: 'A, B, C and so on: follows the order.' })
  letter: string;

  @Field({ description: 'What the reader may choose.' })
  text: string;

  @Field(() => String, { nullable: true, description: 'What the reader is told after choosing.' })
  consequences: string | null;

  @Field(() => Int, { description: 'Its place among the choices of the node, from 1.' })
  order: number;

  @Field(() => Int, { description: 'Grows with every change; send it with updateChoice.' })
  revision: number;

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
  order: row.order,
  revision: row.revision,
  row,
  storyId,
});
