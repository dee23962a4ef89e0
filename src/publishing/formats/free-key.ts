/** The most characters of a node’s key. */
export const LONGEST_KEY = 32;

/** The key itself where it is free, else the first free one like it: `hall-2` where there is a `hall`, cut to stay a key. */
export function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let count = 2; ; count++) {
    const key = `${cutKey(wanted, LONGEST_KEY - 1 - String(count).length)}-${count}`;
    if (!taken.has(key)) return key;
  }
}

/** Its first characters, never half of one. */
export const cutKey = (text: string, length: number): string => [...text].slice(0, length).join('');
