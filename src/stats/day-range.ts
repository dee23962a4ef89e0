import { ArgsType, Field } from '@nestjs/graphql';
import { LocalDateResolver } from 'graphql-scalars';
import { dayBefore, daysFrom } from './days.js';
import { endsBeforeItBegins, tooManyDays } from './stats.errors.js';

const DEFAULT_DAYS = 30;
const MOST_DAYS = 366;

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

/** Days from one to another, both included, each as in `2026-11-25`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** @throws {ApiError} `BAD_USER_INPUT` where it ends before it begins, and for more than a year */
export function dayRange(args: DayRangeArgs, today: string): DayRange {
  const to = args.to ?? today;
  const from = args.from ?? dayBefore(to, DEFAULT_DAYS - 1);
  if (from > to) throw endsBeforeItBegins();
  if (daysFrom(from, to) > MOST_DAYS) throw tooManyDays(MOST_DAYS);
  return { from, to };
}
