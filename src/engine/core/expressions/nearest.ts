/**
 * The known name that is most like `name`, by edit distance (Levenshtein), or undefined when none is at all like it.
 * What is not like it is soon left aside, as there may be very many names.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let fewest = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= fewest) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), fewest);
    if (distance < fewest) [best, fewest] = [candidate, distance];
  }
  return best;
}

/** ` Did you mean gold?`, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const like = nearest(name, known);
  return like === undefined ? '' : ` Did you mean ${like}?`;
}

/** @returns the edit distance of two texts, or Infinity once it cannot be below `limit` any more */
function editDistance(a: string, b: string, limit: number): number {
  let previous = new Uint16Array(b.length + 1).map((_, i) => i);
  let row = new Uint16Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    let least = (row[0] = i);
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const distance = Math.min(replaced, previous[j]! + 1, row[j - 1]! + 1);
      row[j] = distance;
      if (distance < least) least = distance;
    }
    if (least >= limit) return Infinity;
    [previous, row] = [row, previous];
  }
  return previous[b.length]!;
}
