/** The letter of the choice at `index`, from 0: A to Z, then AA, AB, ... as spreadsheets name columns. */
export function letterOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? '' : letterOf(rest - 1)) + String.fromCharCode(65 + (index % 26));
}
