import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXECUTORS, startApp, type TestApp } from '../../support/app.js';
import type { MadeStory } from '../../support/factory.js';
import { postGraphql } from '../../support/http.js';
import { thrice } from '../../support/thrice.js';

describe.each(EXECUTORS)('a variable that is null (%s)', (executor) => {
  let talegraph: TestApp;
  let authorization: string;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp({ GRAPHQL_EXECUTOR: executor });
    const author = await talegraph.factory.newAuthor();
    authorization = `Bearer ${author.token}`;
    story = await talegraph.factory.newStory(author, { published: false });
  });
  afterAll(() => talegraph.close());

  const send = (query: string, variables: object) =>
    thrice(() =>
      postGraphql(
        talegraph.url,
        { query, variables: { ...variables, storyId: story.id } },
        { authorization },
      ),
    );

  it.each([
    ['first', 'query ($x: Int) { stories(first: $x) { totalCount } }'],
    [
      'first in a fragment',
      'query ($x: Int) { ...F } fragment F on Query { stories(first: $x) { totalCount } }',
    ],
    ['metric', 'query ($x: LeaderboardMetric) { leaderboard(metric: $x) { totalCount } }'],
    ['source', 'query ($x: TemplateSource) { templateLibrary(source: $x) { totalCount } }'],
    [
      'columns',
      `query ($x: Int, $storyId: ID!) { story(id: $storyId) {
         map(x: 0, y: 0, width: 9, height: 9) { tiles(columns: $x) { nodeCount } } } }`,
    ],
    [
      'includeAcknowledged',
      `query ($x: Boolean, $storyId: ID!) {
         validateStory(storyId: $storyId, includeAcknowledged: $x) { isValid } }`,
    ],
    [
      'plays',
      `query ($x: Int, $storyId: ID!) { simulateStory(storyId: $storyId, plays: $x) { plays } }`,
    ],
    [
      'set',
      `query ($x: [DebugValueInput!], $storyId: ID!) {
         debugStory(storyId: $storyId, input: { set: $x }) { nodeKey } }`,
    ],
  ])('is as one left out where there is a default: %s', async (_, query) => {
    const withNull = await send(query, { x: null });
    expect(withNull).toMatchObject({ status: 200 });
    expect(withNull.body.errors).toBeUndefined();
    expect(withNull.body).toEqual((await send(query, {})).body);
  });

  it('is as one left out within an input, where there is a default', async () => {
    const { status, body } = await send(
      `mutation ($x: Boolean, $y: OnExisting) {
         importStories(input: { content: "x", dryRun: $x, onExisting: $y }) { id } }`,
      { x: null, y: null },
    );
    expect({ status, body }).toEqual({
      status: 200,
      body: { data: { importStories: { id: expect.stringMatching(/^imp_/) } } },
    });
  });

  it('stands for the default of the variable, where it has one', async () => {
    const { body } = await send(
      'query ($first: Int = 101) { stories(first: $first) { totalCount } }',
      { first: null },
    );
    expect(body.errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'first' }] } },
    ]);
  });

  it('is refused as null, and not as missing, where its own type takes no null', async () => {
    const { status, body } = await send(
      'query ($first: Int!) { stories(first: $first) { totalCount } }',
      { first: null },
    );
    expect(status).toBe(400);
    const message = 'Variable "$first" of non-null type "Int!" must not be null.';
    expect(body.errors).toMatchObject([
      { message, extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'first', message }] } },
    ]);
  });

  it('is refused by its place in an input that is a variable', async () => {
    const { status, body } = await send(
      'mutation ($input: ImportStoriesInput!) { importStories(input: $input) { id } }',
      { input: { content: 'x', dryRun: null } },
    );
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'input.dryRun' }] } },
    ]);
  });

  it('is refused once where a list may be left out', async () => {
    const { body } = await send(
      `mutation ($storyId: ID!, $x: [String!]) {
         updateStory(id: $storyId, input: { revision: 1, tags: $x }) { id } }`,
      { x: null },
    );
    expect(body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(body.errors[0].extensions.fields).toEqual([
      { path: 'input.tags', message: 'must be a list; leave it out or send [] for none' },
    ]);
  });

  it('still takes away what may be null, whatever stands beside it', async () => {
    const query = `
      mutation SetChapter($id: ID!, $revision: Int!, $x: String) {
        updateNode(id: $id, input: { revision: $revision, chapter: $x }) { chapter revision }
      }
      query Other($x: Int) { stories(first: $x) { totalCount } }`;
    const id = story.node('start');
    const setChapter = async (revision: number, x: string | null) => {
      const { body } = await postGraphql(
        talegraph.url,
        { query, operationName: 'SetChapter', variables: { id, revision, x } },
        { authorization },
      );
      return body.data.updateNode;
    };
    expect(await setChapter(1, 'One')).toEqual({ chapter: 'One', revision: 2 });
    expect(await setChapter(2, null)).toEqual({ chapter: null, revision: 3 });
    expect(await setChapter(3, 'Two')).toEqual({ chapter: 'Two', revision: 4 });
    expect(await setChapter(4, null)).toEqual({ chapter: null, revision: 5 });
  });
});
