/** Works on what is found, one after another, until nothing is found any more. */
export async function inBatches<T>(
  find: () => Promise<T[]>,
  work: (one: T) => Promise<void>,
): Promise<void> {
  for (let found = await find(); found.length > 0; found = await find()) {
    for (const one of found) await work(one);
  }
}
