/** Ratings up to this one say that a reader did not like a story. */
export const BAD_RATING = 2;

/** Ratings from this one on say that they did. */
export const GOOD_RATING = 4;

/**
 * How much a reader liked a story, as a whole number; below 0 where they did not.
 * @param finishes and @param rating are SQL expressions: how often they finished it, and how many stars they gave it or null
 */
export const likingSql = (finishes: string, rating: string): string => `
  CASE WHEN ${rating} <= ${BAD_RATING} THEN -2 WHEN ${rating} = 5 THEN 4 WHEN ${rating} = ${GOOD_RATING} THEN 3
       WHEN ${finishes} > 0 THEN 2 ELSE 1 END`;
