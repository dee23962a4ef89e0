import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { onAnswered } from '../../src/graphql/execution/answered.js';
import { startApp, type TestApp } from '../support/app.js';
import { postGraphql } from '../support/http.js';
import { thrice } from '../support/thrice.js';

const LEAVES = ['id', 'title', 'slug', 'tags', 'difficultyLevel', 'createdAt', '__typename'];
const leaves = fc.uniqueArray(fc.constantFrom(...LEAVES), { minLength: 1 });
const directive = fc.constantFrom('', '@include(if: $yes)', '@skip(if: $yes)');
const node = '{ key title contentHtml choices { letter text toNode { id } } }';
const nested = fc.constantFrom(
  '',
  'author { username }',
  `startNode ${node}`,
  'nodes(first: $first) { totalCount nodes { key } }',
  'startNode { ...N }',
);
const selection = fc
  .tuple(leaves, directive, nested, directive)
  .map(
    ([fields, on, inner, onInner]) =>
      `{ ${fields.join(' ')} a: title ${on} ... ${onInner} { id ${inner} } }`,
  );
const root = fc.oneof(
  selection.map((of) => `stories(first: $first) { totalCount nodes ${of} }`),
  selection.map((of) => `story(id: $id) ${of}`),
  fc.constantFrom(
    'me { username }',
    'storyNode(id: $id) { key }',
    'leaderboard(first: 200) { totalCount }',
  ),
);
const query = fc.array(root, { minLength: 1, maxLength: 3 }).map((roots) => {
  const fields = roots.map((field, i) => `r${i}: ${field}`).join('\n');
  return `query ($id: ID!, $first: Int = 3, $yes: Boolean!) { ${fields} ...Used }
    fragment N on StoryNode ${node}
    fragment Used on Query { u: stories(first: $first) { totalCount } v: story(id: $id) { startNode { ...N } w: title @skip(if: $yes) } }`;
});

/** Without directives: what has them is not compiled. */
const plain = (text: string) =>
  text.replaceAll(/, \$yes: Boolean!|@(include|skip)\(if: \$yes\)/g, '');

/** Fields beside each other fail in whatever order their rows arrive. */
const answered = ({ status, body }: { status: number; body: any }) => ({
  status,
  data: body.data,
  errors: new Set((body.errors ?? []).map((error: unknown) => JSON.stringify(error))),
});

/** The same for what is compiled: of several errors that lead to one null, it may tell others. */
const outlined = ({ status, body }: { status: number; body: any }) => ({
  status,
  data: body.data,
  hasErrors: body.errors !== undefined,
});

let answeredWithoutApollo = 0;
onAnswered(() => {
  answeredWithoutApollo += 1;
});

describe('the two executors', () => {
  let jit: TestApp;
  let js: TestApp;
  let id: string;
  beforeAll(async () => {
    jit = await startApp({ GRAPHQL_EXECUTOR: 'jit' });
    id = (await jit.factory.newStory(await jit.factory.newAuthor())).id;
    const url = process.env.DATABASE_URL!;
    js = await startApp({ GRAPHQL_EXECUTOR: 'js', DATABASE_URL: url });
  });
  afterAll(async () => {
    await js.close();
    await jit.close();
  });

  it('answer generated queries alike, data and errors', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(query, query.map(plain)),
        fc.boolean(),
        fc.constantFrom(undefined, null, 1, 'x', 101),
        fc.boolean(),
        async (text, yes, size, found) => {
          const request = {
            query: text,
            variables: { id: found ? id : 'sty_999', yes, first: size },
          };
          const told = text.includes('@') ? answered : outlined;
          const other = told(await postGraphql(js.url, request));
          // `jit` compiles it the second time, and answers it without Apollo from then on.
          for (let time = 1; time <= 3; time++)
            expect(told(await postGraphql(jit.url, request))).toEqual(other);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    ['mutation { logout }', {}],
    [
      'mutation ($i: LoginInput!) { login(input: $i) { expiresIn } }',
      { i: { identifier: 'nobody', password: 'nothing at all' } },
    ],
    ['mutation { a: deleteStory(id: "x") b: continueAsGuest { expiresIn } }', {}],
    ['mutation ($p: String) { login(input: { identifier: "a", password: $p }) { expiresIn } }', {}],
  ])('answer refused mutations alike: %s', async (text, variables) => {
    const request = { query: text, variables };
    const one = await thrice(() => postGraphql(jit.url, request));
    const other = await postGraphql(js.url, request);
    expect(one.body.errors).toBeDefined();
    expect(answered(one)).toEqual(answered(other));
  });

  it.each([
    ['application/json', '*/*'],
    ['application/json; charset=utf-8', 'application/graphql-response+json'],
    ['application/json', 'application/graphql-response+json, application/json;q=0.9'],
  ])('send the same bytes and headers, to %s and %s', async (contentType, accept) => {
    const send = async ({ url }: TestApp) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': contentType, accept },
        body: JSON.stringify({
          query:
            'query ($id: ID!, $after: String) { story(id: $id) { title } s: stories(after: $after) { totalCount } }',
          variables: { id, after: null },
          extensions: { clientLibrary: { name: 'any' } },
        }),
      });
      const headers = [...response.headers].filter(
        ([name]) => name !== 'date' && name !== 'x-request-id',
      );
      return { status: response.status, headers, text: await response.text() };
    };
    const expected = await send(js);
    expect(expected.text).toContain('"totalCount":1');
    for (let time = 1; time <= 2; time++) expect(await send(jit)).toEqual(expected);
    const before = answeredWithoutApollo;
    expect(await send(jit)).toEqual(expected);
    expect(answeredWithoutApollo).toBe(before + 1);
  });

  it('run a mutation once, also where a known one fails', async () => {
    const { token } = await jit.factory.newAuthor();
    const create = (title: string, after: string | null) =>
      jit.client.as(token).send(
        `mutation ($input: CreateStoryInput!, $after: String) {
           createStory(input: $input) { id draft { nodes(first: 1, after: $after) { totalCount } } }
         }`,
        {
          input: { title, description: 'x', category: 'test', difficultyLevel: 'EASY' },
          after,
        },
      );
    expect((await create('Known once', null)).errors).toEqual([]);
    expect((await create('Known twice', null)).errors).toEqual([]);
    const { errors } = await create('Known thrice', 'no cursor');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const [row] = await jit.database.query<{ count: number }[]>(
      `SELECT count(*)::integer AS count FROM stories WHERE title LIKE 'Known%'`,
    );
    expect(row).toEqual({ count: 3 });
  });
});
