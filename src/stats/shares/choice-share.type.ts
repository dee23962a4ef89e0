import { Field, Float, ID, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'How many readers made a choice, among those that were offered.' })
export class ChoiceShare {
  @Field(() => ID, { description: 'The choice.' })
  choiceId: string;

  @Field(() => Float, { description: 'Its share, 0 to 1, in whole hundredths.' })
  share: number;
}
