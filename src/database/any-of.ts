/**
 * `ANY` of a parameter that holds a list of ids, for prepared statements: `WHERE user_id = ${anyOf('$1')}`. PostgreSQL expects
 * the same number of ids of a list that comes from within, whatever it is given, and so keeps one plan. With a bare
 * `ANY($1)` the plan for the ids of the day is the cheaper one, and is made anew each time, which costs more than the query.
 */
export const anyOf = (parameter: string): string =>
  `ANY(ARRAY(SELECT unnest(${parameter}::bigint[])))`;
