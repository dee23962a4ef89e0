import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXECUTORS, startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { thrice } from '../../support/thrice.js';

describe.each(EXECUTORS)('text with a character that cannot be kept (%s)', (executor) => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp({ GRAPHQL_EXECUTOR: executor });
  });
  afterAll(() => talegraph.close());

  it('is refused where it is half of a surrogate pair', async () => {
    const { client, factory } = talegraph;
    const author = await factory.newAuthor();
    const story = await factory.newStory(author, { nodes: { hall: [] }, published: false });
    const error = await thrice(() =>
      client
        .as(author.token)
        .fail(
          'mutation ($id: ID!, $input: StorySchemaInput!) { defineStory(storyId: $id, revision: 1, input: $input) { id } }',
          {
            id: story.id,
            input: { variables: [{ name: 'mood', type: 'STRING', initial: '\ud83d' }] },
          },
        ),
    );
    expect(error).toMatchObject({
      message: 'The input has half of a surrogate pair (U+D800 to U+DFFF), which no text can hold.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  const REFUSED = {
    message: 'The input has a NUL character (U+0000), which no text can hold.',
    extensions: { code: 'BAD_USER_INPUT', fields: [] },
  };

  const refusedIn = (path: string) => ({
    extensions: {
      code: 'BAD_USER_INPUT',
      fields: [
        { path, message: 'must have no NUL character (U+0000), nor half of a surrogate pair' },
      ],
    },
  });

  it('is refused in what is written, by its field', async () => {
    const { client, database, factory } = talegraph;
    const author = await factory.newAuthor();
    const before = await fingerprint(database);
    const input = {
      title: 'A\u0000B',
      description: 'C',
      category: 'd',
      difficultyLevel: 'EASY',
      slug: 'a-b',
    };
    const error = await thrice(() =>
      client
        .as(author.token)
        .fail('mutation ($input: CreateStoryInput!) { createStory(input: $input) { id } }', {
          input,
        }),
    );
    expect(error).toMatchObject(refusedIn('input.title'));
    expect(await fingerprint(database)).toEqual(before);
  });

  it('is refused in a search, by its field', async () => {
    const error = await thrice(() =>
      talegraph.client.fail(
        'query ($text: String) { stories(filter: { query: $text }) { totalCount } }',
        { text: 'a\u0000b' },
      ),
    );
    expect(error).toMatchObject(refusedIn('filter.query'));
  });

  it.each([
    ['a slug', 'query ($text: String) { story(slug: $text) { id } }'],
    [
      'a log-in',
      'mutation ($text: String!) { login(input: { identifier: $text, password: "p" }) { expiresIn } }',
    ],
  ])('is refused in %s', async (_, query) => {
    expect(await thrice(() => talegraph.client.fail(query, { text: 'a\u0000b' }))).toMatchObject(
      REFUSED,
    );
  });

  it('is refused in the address of a page in words', async () => {
    const answer = await fetch(`${talegraph.url}/s/a%00b`);
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining(`<p role="alert">${REFUSED.message}</p>`),
    ]);
  });

  it.each(['s/a%00b/card.png', 'media/a%00b/image'])(
    'is refused in the address /%s',
    async (path) => {
      const answer = await fetch(`${talegraph.url}/${path}`);
      const { message, extensions } = REFUSED;
      expect([answer.status, await answer.json()]).toEqual([
        400,
        { code: extensions.code, message },
      ]);
    },
  );
});
