/**
 * What comes of asking for the third time: an operation is executed by graphql-js when it is asked for first, is compiled the
 * second time, and answered without Apollo from then on.
 */
export async function thrice<T>(ask: () => Promise<T>): Promise<T> {
  await ask();
  await ask();
  return ask();
}
