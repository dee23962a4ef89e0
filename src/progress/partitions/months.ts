/** A calendar month in UTC, as 202611. */
export type Month = number;

/**
 * How many ids each month has for itself: those of November 2026 begin behind 202,611,000,000,000. So the order of ids is
 * that of time, and the bounds of every month are known beforehand. A month with more goes on among those of the next.
 */
const IDS_A_MONTH = 1_000_000_000;

export const monthOf = (at: Date): Month => at.getUTCFullYear() * 100 + at.getUTCMonth() + 1;

export const monthAfter = (month: Month): Month => (month % 100 === 12 ? month + 89 : month + 1);

/** The id behind which those of a month begin. */
export const idsBehind = (month: Month): number => month * IDS_A_MONTH;
