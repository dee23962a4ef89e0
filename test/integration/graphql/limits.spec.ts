import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXECUTORS, startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { postGraphql } from '../../support/http.js';
import { thrice } from '../../support/thrice.js';

const times = (count: number, part: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ');

const aliases = (count: number, prefix = 'a') =>
  times(count, (i) => `${prefix}${i}: storyCategories { name }`);

/** A document of so many tokens: 29 around a list. */
const tokens = (count: number) =>
  `mutation { createStory(input: { title: "a", description: "b", category: "c", difficultyLevel: EASY,
     tags: [${times(count - 29, () => '"d"')}] }) { id } }`;

/** `{ story { draft { nodes { edges { node { choices { toNode ... { id } } } } } } } }`, so many levels deep. */
function nested(levels: number): string {
  const fields = Array.from({ length: levels - 6 }, (_, i) => (i % 2 === 0 ? 'choices' : 'toNode'));
  const path = ['story(slug: "none")', 'draft', 'nodes(first: 1)', 'edges', 'node', ...fields];
  return `{ ${path.join(' { ')} { id ${'}'.repeat(path.length)} }`;
}

describe.each(EXECUTORS)('an operation (%s)', (executor) => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp({ GRAPHQL_EXECUTOR: executor });
  });
  afterAll(() => talegraph.close());

  const send = (query: string, variables: object = {}) =>
    thrice(() => postGraphql(talegraph.url, { query, variables }));

  it.each([
    ['30 aliases', `{ ${aliases(30)} }`],
    ['30 directives', `{ ${times(30, () => '__typename @include(if: true)')} }`],
  ])('may have %s', async (_, query) => {
    const { status, body } = await send(query);
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
  });

  it('may have 2000 tokens, and then comes to be refused for what it asks', async () => {
    expect((await send(tokens(2000))).body.errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });

  it.each([
    ['31 aliases', 'GRAPHQL_VALIDATION_FAILED', `{ ${aliases(31)} }`],
    [
      '31 directives',
      'GRAPHQL_VALIDATION_FAILED',
      `{ ${times(31, () => '__typename @include(if: true)')} }`,
    ],
    ['2001 tokens', 'GRAPHQL_PARSE_FAILED', tokens(2001)],
    ['14 levels', 'GRAPHQL_VALIDATION_FAILED', nested(14)],
    [
      '14 levels by fragments',
      'GRAPHQL_VALIDATION_FAILED',
      `{ story(slug: "none") { draft { nodes(first: 1) { edges { node { ...A } } } } } }
       fragment A on DraftNode { choices { toNode { choices { toNode { ...B } } } } }
       fragment B on DraftNode { choices { toNode { choices { toNode { id } } } } }`,
    ],
    [
      'choices nested 5 times',
      'GRAPHQL_VALIDATION_FAILED',
      `{ story(slug: "none") { startNode { ${'choices { toNode { '.repeat(5)} id ${'} } '.repeat(5)} } } }`,
    ],
    [
      'choices nested 5 times by a fragment',
      'GRAPHQL_VALIDATION_FAILED',
      `{ storyNode(id: "nod_1") { ...A } }
       fragment A on StoryNode { ${'choices { toNode { '.repeat(4)} choices { id } ${'} } '.repeat(4)} }`,
    ],
    [
      '31 aliases by fragments',
      'GRAPHQL_VALIDATION_FAILED',
      `{ ...A ...B } fragment A on Query { ${aliases(16, 'a')} } fragment B on Query { ${aliases(15, 'b')} }`,
    ],
    [
      'lists of the schema inside each other',
      'GRAPHQL_VALIDATION_FAILED',
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
    ],
  ])('is refused with %s', async (_, code, query) => {
    const { status, body } = await send(query);
    expect({ status, data: body.data }).toEqual({ status: 400, data: undefined });
    expect(body.errors).toMatchObject([{ extensions: { code } }]);
  });

  it.each([
    ['have 13 levels', nested(13)],
    [
      'nest choices 4 times',
      `{ story(slug: "none") { startNode { ${'choices { toNode { '.repeat(4)} id ${'} } '.repeat(4)} } } }`,
    ],
  ])('may %s', async (_, query) => {
    const { body } = await send(query);
    expect(body.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  it('is refused in a batch, and nothing of the batch is done', async () => {
    const before = await fingerprint(talegraph.database);
    const query = 'mutation { continueAsGuest { expiresIn } }';
    for (const batch of [[{ query }, { query }], [{ query }], []]) {
      const { status, body } = await postGraphql(talegraph.url, batch);
      expect(status).toBe(400);
      expect(body.errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
    }
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it.each([
    ['is not JSON', '{bad', 400, 'application/json'],
    ['has more than 2 MiB', 'x'.repeat(3_000_000), 413, 'application/json'],
    ['is of another type', '{ me { id } }', 415, 'application/graphql'],
  ])('is told as GraphQL that its body %s', async (_, sent, expected, type) => {
    const { status, body } = await postGraphql(talegraph.url, sent, { 'content-type': type });
    expect(status).toBe(expected);
    expect(body).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'BAD_REQUEST' } }],
    });
  });
});
