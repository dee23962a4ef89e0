import type { GraphqlClient } from './graphql-client.js';

/** As far as any list goes in a test; more pages than that mean that the cursor does not move on. */
const MOST_PAGES = 200;

/**
 * Pages through the only connection that `query` asks for, by its `$after` and `pageInfo { hasNextPage endCursor }`.
 * @returns the nodes, page by page
 */
export async function everyPage<Node = any>(
  client: GraphqlClient,
  query: string,
  variables: object = {},
): Promise<Node[][]> {
  const pages: Node[][] = [];
  let after: string | null = null;
  do {
    const data = await client.get<Record<string, any>>(query, { ...variables, after });
    const { nodes, pageInfo } = Object.values(data)[0];
    pages.push(nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null && pages.length < MOST_PAGES);
  return pages;
}
