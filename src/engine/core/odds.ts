import type { Dice } from './expressions/dice.js';
import type { Memory } from './expressions/evaluate.js';
import { succeedsWith } from './machine.js';
import type { Random } from './random.js';
import type { CompiledStory } from './story.js';

/** How likely the check of a choice succeeds when it is made now, from 0 to 1; undefined where it has none. */
export function oddsOf(story: CompiledStory, memory: Memory, choice: number): number | undefined {
  const { check } = story.rules[choice]!;
  if (check === undefined) return undefined;
  const succeeds = succeedsWith(story, memory, choice);
  const odds = sums(check.dice).reduce(
    (sum, share, total) => (succeeds(total) ? sum + share : sum),
    0,
  );
  return Math.min(1, Math.round(odds * 1e9) / 1e9);
}

/** By sum: how likely dice show it. Each die adds a sliding window over the sums before it. */
function sums({ count, sides }: Dice): Float64Array {
  let shares = Float64Array.of(1);
  for (let die = 0; die < count; die++) {
    const next = new Float64Array(shares.length + sides);
    let window = 0;
    for (let sum = 1; sum < next.length; sum++) {
      window += (shares[sum - 1] ?? 0) - (shares[sum - 1 - sides] ?? 0);
      next[sum] = window / sides;
    }
    shares = next;
  }
  return shares;
}

/** Chance that lets dice show a sum, or the nearest that they can. */
export function diceThatShow({ count, sides }: Dice, total: number): Random {
  let left = Math.min(Math.max(total, count), count * sides);
  let diceLeft = count;
  return () => {
    diceLeft -= 1;
    const shown = Math.min(sides, left - diceLeft);
    left -= shown;
    return (shown - 0.5) / sides;
  };
}
