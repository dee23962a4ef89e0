import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum SuggestionReason {
  SINGLE_EXITS = 'SINGLE_EXITS',
  NEVER_VISITED = 'NEVER_VISITED',
  HIGH_DROP_OFF = 'HIGH_DROP_OFF',
  RARE_CHOICE = 'RARE_CHOICE',
}

registerEnumType(SuggestionReason, {
  name: 'SuggestionReason',
  description: 'Why a place of a story might gain from another branch.',
  valuesMap: {
    SINGLE_EXITS: { description: 'Three or more nodes in a row have a single way on.' },
    NEVER_VISITED: { description: 'Choices lead there, and no reader has come.' },
    HIGH_DROP_OFF: { description: 'A quarter or more of those who come go no further.' },
    RARE_CHOICE: { description: 'Fewer than one in twenty make the choice.' },
  },
});

@ObjectType({ description: 'A place of a draft that might gain from another branch.' })
export class ChoiceSuggestion {
  @Field(() => SuggestionReason, { description: 'Why.' })
  reason: SuggestionReason;

  @Field(() => ID, { description: 'The node.' })
  nodeId: string;

  @Field({ description: 'What the author calls it.' })
  nodeKey: string;

  @Field(() => ID, { nullable: true, description: 'The choice that it is about; null elsewhere.' })
  choiceId: string | null;

  @Field({ description: 'What was found, in a sentence.' })
  message: string;

  @Field({ description: 'What to do next, in a sentence.' })
  proposal: string;

  @Field(() => Int, { nullable: true, description: 'How many nodes in a row; null elsewhere.' })
  run: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How often readers came to the node; null where that is not told.',
  })
  arrivals: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The share that went no further, or that made the choice, 0 to 1; null elsewhere.',
  })
  share: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'A choice that a language model proposes; null unless it was asked for.',
  })
  text: string | null;
}
