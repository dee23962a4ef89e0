import type { GraphqlClient, GraphqlResponse } from './graphql-client.js';

/** Sends one operation `count` times at the same time. Connections are opened beforehand, so that the calls meet. */
export async function atOnce<Data = any>(
  client: GraphqlClient,
  count: number,
  query: string,
  variablesOf: (i: number) => object,
): Promise<GraphqlResponse<Data>[]> {
  const calls = Array.from({ length: count }, (_, i) => i);
  await Promise.all(calls.map(() => client.get('{ storyCategories { name } }')));
  return Promise.all(calls.map((i) => client.send<Data>(query, variablesOf(i))));
}

/** The data of the calls that went through. */
export const dataOf = <Data>(answers: readonly GraphqlResponse<Data>[]): Data[] =>
  answers.flatMap(({ data, errors }) => (errors.length === 0 ? [data!] : []));

/** The codes of the errors of those that did not. */
export const codesOf = (answers: readonly GraphqlResponse<unknown>[]): string[] =>
  answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));
