import type { GraphqlClient } from './graphql-client.js';

/** As far as any list goes in a test; more pages than that mean that the cursor does not move on. */
const MOST_PAGES = 200;

interface Page {
  readonly nodes: any[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * Pages through the only connection that `query` asks for, by its `$after` and `pageInfo { hasNextPage endCursor }`.
 * @returns the nodes, page by page
 */
export async function everyPage(
  client: GraphqlClient,
  query: string,
  variables: object = {},
): Promise<any[][]> {
  const pages: any[][] = [];
  let after: string | null = null;
  do {
    const data: Record<string, Page> = await client.get(query, { ...variables, after });
    const { nodes, pageInfo } = Object.values(data)[0]!;
    pages.push(nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null && pages.length < MOST_PAGES);
  return pages;
}
