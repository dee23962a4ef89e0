/** Numbers from 0 up to, not including, 1. */
export type Random = () => number;

/**
 * Pseudo-random numbers, the same ones for the same seed: Chris Doty-Humphrey's Small Fast Counter generator (sfc32,
 * from PractRand), seeded by the FNV-1a hash of a text.
 */
export function seededRandom(seed: string): Random {
  let [a, b, c, counter] = [hash(seed, 1), hash(seed, 2), hash(seed, 3), 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers still tell of the seed.
  for (let i = 0; i < 12; i++) next();
  return next;
}

/**
 * What chance is drawn from on one choice: the same on every replay, and for readers who go back and choose again.
 * @param seed of the playthrough
 * @param turn how many choices lie before it
 */
export const randomAt = (seed: string, turn: number): Random => seededRandom(`${seed}:${turn}`);

function hash(text: string, salt: number): number {
  let result = Math.imul(0x811c9dc5 ^ salt, 0x01000193);
  for (let i = 0; i < text.length; i++) {
    result = Math.imul(result ^ text.charCodeAt(i), 0x01000193);
  }
  return result | 0;
}

/** What each of some dice shows, from 1 up. */
export const rollDice = ({ count, sides }: { count: number; sides: number }, random: Random) =>
  Array.from({ length: count }, () => 1 + Math.floor(random() * sides));

export const sumOf = (dice: readonly number[]): number => dice.reduce((sum, one) => sum + one, 0);
