import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';

/** Each operation that takes an id, the kind of id, and where it stands. */
const OPERATIONS: readonly (readonly [string, string, string, string])[] = [
  ['story', 'sty', 'id', 'query ($id: ID!) { story(id: $id) { id } }'],
  ['storyNode', 'nod', 'id', 'query ($id: ID!) { storyNode(id: $id) { id } }'],
  [
    'validateStory',
    'sty',
    'storyId',
    'query ($id: ID!) { validateStory(storyId: $id) { isValid } }',
  ],
  ['storyFlow', 'sty', 'storyId', 'query ($id: ID!) { storyFlow(storyId: $id) { content } }'],
  ['startStory', 'sty', 'storyId', 'mutation ($id: ID!) { startStory(storyId: $id) { id } }'],
  ['publishStory', 'sty', 'id', 'mutation ($id: ID!) { publishStory(id: $id) { id } }'],
  ['deleteStory', 'sty', 'id', 'mutation ($id: ID!) { deleteStory(id: $id) }'],
  ['deleteNode', 'nod', 'id', 'mutation ($id: ID!) { deleteNode(id: $id) }'],
  ['deleteChoice', 'cho', 'id', 'mutation ($id: ID!) { deleteChoice(id: $id) }'],
  ['deleteProgress', 'prg', 'id', 'mutation ($id: ID!) { deleteProgress(id: $id) }'],
  ['revokeSession', 'ses', 'id', 'mutation ($id: ID!) { revokeSession(id: $id) }'],
  ['userStats', 'usr', 'userId', 'query ($id: ID!) { userStats(userId: $id) { userId } }'],
];

describe('an id', () => {
  let talegraph: TestApp;
  let admin: Person;
  beforeAll(async () => {
    talegraph = await startApp();
    admin = await talegraph.factory.newAdmin();
    await talegraph.factory.newStory(admin);
  });
  afterAll(() => talegraph.close());

  const refusal = async (query: string, id: unknown) => {
    const { client, database } = talegraph;
    const before = await fingerprint(database);
    const { extensions } = await client.as(admin.token).fail(query, { id });
    expect(await fingerprint(database)).toEqual(before);
    return extensions;
  };

  it.each(OPERATIONS)('of nothing is NOT_FOUND to %s', async (_, prefix, __, query) => {
    expect(await refusal(query, `${prefix}_999999`)).toEqual({ code: 'NOT_FOUND' });
    expect(await refusal(query, `${prefix}_999999999999999`)).toEqual({ code: 'NOT_FOUND' });
  });

  it.each(OPERATIONS)('of another kind is told to %s', async (_, prefix, path, query) => {
    const other = prefix === 'sty' ? 'nod_1' : 'sty_1';
    expect(await refusal(query, other)).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [
        {
          path,
          message: expect.stringMatching(/^must be the id of a \w+, as the API returned it$/),
        },
      ],
    });
  });

  it.each([
    ['a bare number', '1'],
    ['a number beyond 15 digits', 'sty_1000000000000000'],
    ['a number beyond 64 bits', 'sty_99999999999999999999999999'],
    ['0', 'sty_0'],
    ['a negative number', 'sty_-1'],
    ['a fraction', 'sty_1.5'],
    ['leading zeros', 'sty_01'],
    ['an exponent', 'sty_1e3'],
    ['white space', ' sty_1'],
    ['a line end', 'sty_1\n'],
    ['a NUL character', 'sty_1\u0000'],
    ['SQL', "sty_1' OR '1'='1"],
    ['nothing', ''],
    ['a number of JSON', 1],
  ])('with %s is refused', async (_, id) => {
    expect(await refusal('query ($id: ID!) { story(id: $id) { id } }', id)).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'id', message: 'must be the id of a story, as the API returned it' }],
    });
  });

  it('inside an input is refused by its place', async () => {
    const { extensions } = await talegraph.client
      .as(admin.token)
      .fail('mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) { isEnding } }', {
        input: { progressId: 'prg_1', currentNodeId: 'cho_1', choiceId: 'cho_1', step: 0 },
      });
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [
        {
          path: 'input.currentNodeId',
          message: 'must be the id of a node, as the API returned it',
        },
      ],
    });
  });

  it('inside a filter is refused by its place', async () => {
    const { extensions } = await talegraph.client.fail(
      '{ stories(filter: { authorId: "sty_1" }) { totalCount } }',
    );
    expect(extensions.fields).toEqual([
      { path: 'filter.authorId', message: 'must be the id of a user, as the API returned it' },
    ]);
  });
});
