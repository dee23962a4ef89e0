import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { encodeId } from '../graphql/ids.js';
import type { ChoiceDefinition } from './core/definition.js';

/** A place in what an author writes. Which fields there are, and whether it is always in a node, each kind says itself. */
@ObjectType({ isAbstract: true })
export class PlaceInDraft {
  @Field(() => ID, { nullable: true, description: 'The choice; null in the node itself.' })
  choiceId: string | null;

  @Field(() => String, { nullable: true, description: 'The letter of the choice.' })
  letter: string | null;

  @Field({ description: 'The field more closely, such as effects.0.value or puzzle.hints.1.' })
  path: string;

  @Field(() => Int, { description: 'The line, from 1.' })
  line: number;

  @Field(() => Int, { description: 'The character in the line, from 1.' })
  column: number;
}

export const toPlace = ({
  choice,
  path,
  line,
  column,
}: Pick<PlaceInDraft, 'path' | 'line' | 'column'> & {
  readonly choice: ChoiceDefinition | undefined;
}): PlaceInDraft => ({
  choiceId: choice === undefined ? null : encodeId('choice', choice.id),
  letter: choice?.letter ?? null,
  path,
  line,
  column,
});
