import { encodeId } from '../../graphql/ids.js';
import { isFew } from '../analytics/small-groups.js';
import type { ChoiceCount } from './choice-share.repository.js';
import type { ChoiceShare } from './choice-share.type.js';

/**
 * The shares of choices among each other, in hundredths.
 * @param choiceIds those that the reader was offered; of the others nothing is told, not even that there are any
 * @returns null where none was made, and where a share would tell of a choice that few made
 */
export function sharesOf(
  choiceIds: readonly number[],
  counts: readonly ChoiceCount[],
  least: number,
): ChoiceShare[] | null {
  const countOf = new Map(counts.map((count) => [count.choiceId, count]));
  const offered = choiceIds.map((choiceId) => ({
    choiceId,
    ...(countOf.get(choiceId) ?? { made: 0, readers: 0 }),
  }));
  const total = offered.reduce((sum, { made }) => sum + made, 0);
  if (total === 0) return null;
  const hundredths = (made: number) => Math.round((100 * made) / total);
  if (offered.some(({ made, readers }) => isFew(readers, least) && hundredths(made) > 0))
    return null;
  return offered.map(({ choiceId, made }) => ({
    choiceId: encodeId('choice', choiceId),
    share: hundredths(made) / 100,
  }));
}
