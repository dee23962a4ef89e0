import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXECUTORS, startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { postGraphql } from '../../support/http.js';
import { thrice } from '../../support/thrice.js';

const CREATE = 'mutation ($input: CreateStoryInput!) { createStory(input: $input) { id } }';
const SAVE = 'mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { id } }';
const WHOLE = { title: 'A', description: 'B', category: 'c', difficultyLevel: 'EASY' };

const pathsOf = (errors: readonly any[]): string[] =>
  errors.flatMap(({ extensions }) => extensions.fields.map(({ path }: any) => path)).sort();

describe.each(EXECUTORS)('variables that do not fit the schema (%s)', (executor) => {
  let talegraph: TestApp;
  let authorization: string;
  beforeAll(async () => {
    talegraph = await startApp({ GRAPHQL_EXECUTOR: executor });
    authorization = `Bearer ${(await talegraph.factory.newAuthor()).token}`;
  });
  afterAll(() => talegraph.close());

  const send = (query: string, input: unknown) =>
    thrice(() => postGraphql(talegraph.url, { query, variables: { input } }, { authorization }));

  it.each([
    [
      'an enum value that does not exist',
      { ...WHOLE, difficultyLevel: 'HARDEST' },
      'input.difficultyLevel',
    ],
    ['a required field left out', { ...WHOLE, title: undefined }, 'input.title'],
    ['a required field that is null', { ...WHOLE, title: null }, 'input.title'],
    ['a field that does not exist', { ...WHOLE, colour: 'red' }, 'input.colour'],
    ['a field of another type', { ...WHOLE, title: 7 }, 'input.title'],
    ['a list item of another type', { ...WHOLE, tags: ['one', 2] }, 'input.tags.1'],
    ['something else than an object', 'a story', 'input'],
    ['null', null, 'input'],
    ['nothing', undefined, 'input'],
  ])('are refused with HTTP 400 and their place: %s', async (_, input, path) => {
    const before = await fingerprint(talegraph.database);
    const { status, body } = await send(CREATE, input);
    expect(status).toBe(400);
    expect(body).toEqual({ errors: [expect.any(Object)] });
    expect(body.errors[0].extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path, message: expect.any(String) }],
    });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('are all reported at once', async () => {
    const { body } = await send(CREATE, { title: 1, category: 'c', difficultyLevel: 'HARDEST' });
    expect(pathsOf(body.errors)).toEqual([
      'input.description',
      'input.difficultyLevel',
      'input.title',
    ]);
  });

  it('are placed inside a nested list', async () => {
    const { body } = await send(SAVE, {
      storyId: 'sty_1',
      choicesMade: [{ nodeId: 'nod_1', choiceId: 'cho_1' }, {}, { nodeId: [], choiceId: 'cho_1' }],
    });
    expect(pathsOf(body.errors)).toEqual([
      'input.choicesMade.1.choiceId',
      'input.choicesMade.1.nodeId',
      'input.choicesMade.2.nodeId',
    ]);
  });

  it('are refused with HTTP 200 to a client that reads application/json', async () => {
    const { status, data, errors } = await thrice(() =>
      talegraph.client.send(CREATE, { input: {} }),
    );
    expect({ status, data }).toEqual({ status: 200, data: undefined });
    expect(pathsOf(errors)).toEqual([
      'input.category',
      'input.description',
      'input.difficultyLevel',
      'input.title',
    ]);
  });
});
