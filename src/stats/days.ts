const DAY = 86_400_000;

/** @param day as in `2026-11-25`, and so is what comes out */
export const dayBefore = (day: string, days = 1): string =>
  new Date(Date.parse(day) - days * DAY).toISOString().slice(0, 10);

/** How many days lie from one day to another, both included. */
export const daysFrom = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;

/** The day of today in a time zone, as in `2026-11-25`. */
export const today = (timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date());

/** The day of universal time on which something was, in SQL. @param time an expression of the type timestamptz */
export const utcDay = (time: string): string => `(${time} AT TIME ZONE 'UTC')::date`;
