/** Puts all of one list at the end of another, however long it is: a call takes only so many arguments. */
export function append<T>(to: T[], from: readonly T[]): void {
  for (const each of from) to.push(each);
}
