import { ArgsType, Field } from '@nestjs/graphql';
import { LocalDateResolver } from 'graphql-scalars';

@ArgsType()
export class DayRangeArgs {
  @Field(() => LocalDateResolver, {
    nullable: true,
    description: 'The first day; 29 days before the last when left out.',
  })
  from?: string | null;

  @Field(() => LocalDateResolver, {
    nullable: true,
    description: 'The last day; today when left out.',
  })
  to?: string | null;
}
