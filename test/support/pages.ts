import type { GraphqlClient } from './graphql-client.js';

/** As far as any list goes in a test; more pages than that mean that the cursor does not move on. */
const MOST_PAGES = 200;

interface Page {
  readonly nodes: any[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * Pages through a connection that `query` asks for, by its `$after` and `pageInfo { hasNextPage endCursor }`.
 * @param of where it stands in the answer; the first root field unless given
 * @returns the nodes, page by page
 */
export async function everyPage(
  client: GraphqlClient,
  query: string,
  variables: object = {},
  of: (data: any) => Page = (data) => Object.values(data as Record<string, Page>)[0]!,
): Promise<any[][]> {
  const pages: any[][] = [];
  let after: string | null = null;
  do {
    const { nodes, pageInfo }: Page = of(await client.get(query, { ...variables, after }));
    pages.push(nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null && pages.length < MOST_PAGES);
  return pages;
}
