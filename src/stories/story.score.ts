import type { StoryEntity } from './story.entity.js';

/**
 * What every story begins with: one rating of each kind, as in Laplace’s rule of succession. The score is the mean with
 * them, a Bayesian average: few ratings weigh less. They stand in the index `stories_top_rated_idx` too.
 */
const PRIOR = { sum: 1 + 2 + 3 + 4 + 5, count: 5 };

/** The score of a row of `stories`, as the index has it. */
export const SCORE_SQL = `((rating_sum + ${PRIOR.sum})::float8 / (rating_count + ${PRIOR.count}))`;

/** What stories are ordered by as the best rated: from 1 to 5, and 3 without ratings. */
export const scoreOf = ({
  ratingSum,
  ratingCount,
}: Pick<StoryEntity, 'ratingSum' | 'ratingCount'>): number =>
  (ratingSum + PRIOR.sum) / (ratingCount + PRIOR.count);
