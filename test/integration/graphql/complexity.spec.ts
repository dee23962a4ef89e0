import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXECUTORS, startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { postGraphql } from '../../support/http.js';
import { thrice } from '../../support/thrice.js';

/** Two fields of each of 100 nodes of each story of a page. */
const NESTED = `query ($first: Int!) {
  stories(first: $first) { nodes { nodes(first: 100) { nodes { id title } } } }
}`;

describe.each(EXECUTORS)('the complexity of an operation (%s)', (executor) => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp({ GRAPHQL_EXECUTOR: executor });
  });
  afterAll(() => talegraph.close());

  const send = (query: string, variables: object = {}) =>
    thrice(() => postGraphql(talegraph.url, { query, variables }));

  it('may come up to 20,000 fields', async () => {
    expect(await send(NESTED, { first: 66 })).toMatchObject({
      status: 200,
      body: { data: { stories: { nodes: [] } } },
    });
  });

  it.each([
    [67, 20_235],
    [100, 30_201],
  ])('is refused beyond that, at %i stories with 100 nodes each', async (first, complexity) => {
    const { status, body } = await send(NESTED, { first });
    expect(status).toBe(400);
    expect(body).toEqual({
      errors: [
        {
          message:
            `This operation may return ${complexity} fields, and 20000 is the most. ` +
            'Ask for a smaller page with `first`, for fewer levels, or for less at a time.',
          extensions: { code: 'QUERY_TOO_COMPLEX', complexity, limit: 20_000 },
        },
      ],
    });
  });

  it('is not taken from a request whose variables did not fit', async () => {
    const query = `query ($first: Int!, $category: String) {
      stories(first: $first, filter: { category: $category }) { nodes { nodes(first: 100) { nodes { id title } } } }
    }`;
    const unfit = await send(query, { first: 100, category: 5 });
    expect(unfit.body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const { body } = await send(query, { first: 100 });
    expect(body.errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
  });

  it('counts a page without `first` as one of 20', async () => {
    const field = 'stories { nodes { nodes { nodes { id title } } } }';
    const aliased = (count: number) =>
      `{ ${Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ')} }`;
    expect((await send(aliased(16))).status).toBe(200);
    expect((await send(aliased(17))).body.errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_COMPLEX', complexity: 17 * 1241 } },
    ]);
  });

  it('cannot be hidden behind a null that stands for a default', async () => {
    const { body } = await send(
      `query ($first: Int = 5) {
         stories(first: 100) { nodes { nodes(first: 100) { nodes { id title } } } }
         story(id: "sty_1") { nodes(first: $first) { totalCount } }
       }`,
      { first: null },
    );
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }] });
    expect(body.data).toBeUndefined();
  });

  it('cannot be hidden behind a mass of fragments', async () => {
    const spread = (name: string) => Array(25).fill(`...${name}`).join(' ');
    const { body } =
      await send(`{ stories(first: 100) { nodes { nodes(first: 100) { nodes { id title } } } } ${spread('A')} }
      fragment A on Query { ${spread('B')} }
      fragment B on Query { ${spread('C')} }
      fragment C on Query { __typename }`);
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }] });
  });

  it('counts what fragments spread', async () => {
    const { body } = await send(`{ stories(first: 100) { ...Page } }
      fragment Page on StoryConnection { nodes { ...Story } }
      fragment Story on Story { nodes(first: 100) { nodes { id title } } }`);
    expect(body.errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_COMPLEX', complexity: 30_201 } },
    ]);
  });

  it('is that of the operation that is asked for, not of its neighbours', async () => {
    const request = {
      query: `query Small { stories(first: 1) { totalCount } }
              query Large { stories(first: 100) { nodes { nodes(first: 100) { nodes { id } } } } }`,
      operationName: 'Small',
    };
    const { body } = await thrice(() => postGraphql(talegraph.url, request));
    expect(body).toEqual({ data: { stories: { totalCount: 0 } } });
  });

  it('is weighed before a mutation does anything', async () => {
    const { client, database, factory } = talegraph;
    const story = await factory.newStory(await factory.newAuthor());
    const { token } = await factory.newReader();
    const before = await fingerprint(database);
    const { extensions } = await client.as(token).fail(
      `mutation ($id: ID!) { startStory(storyId: $id) { story { nodes(first: 100) { nodes {
         choices { toNode { choices { toNode { choices { id letter text } } } } }
       } } } } }`,
      { id: story.id },
    );
    expect(extensions.code).toBe('QUERY_TOO_COMPLEX');
    expect(await fingerprint(database)).toEqual(before);
  });
});
