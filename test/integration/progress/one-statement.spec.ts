import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KnownPlaythroughs } from '../../../src/progress/playthroughs/known-playthroughs.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { StoryShape } from '../../support/factory.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { keyOf, Player } from '../../support/player.js';
import { untilSomeWait } from '../../support/locks.js';

const CHOOSE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) {
  progress { id step isCompleted }
  nextNode { id title content choices { id text toNode { title } } }
  consequences isEnding events { type text }
} }`;
const CURRENT = `query ($storyId: ID!) { storyProgress(storyId: $storyId) { step currentNode { id choices { id } } } }`;
const START = `mutation ($storyId: ID!, $input: StartStoryInput) { startStory(storyId: $storyId, input: $input) { id step } }`;

describe('the common choice', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  /** A reader in a hall with a yard beside it, between which one may walk forever. */
  async function newPlay(shape: StoryShape = {}) {
    const { factory, client } = talegraph;
    const story = await factory.newStory(await factory.newAuthor(), {
      nodes: { hall: ['yard', 'end'], yard: ['hall', 'end'], end: [] },
      ...shape,
    });
    const player = new Player(client, await factory.newReader(), story);
    const { startStory } = await player.client.get(START, { storyId: story.id });
    const id = startStory.id as string;
    const choose = async (step: number, client: GraphqlClient = player.client): Promise<any> => {
      const [from, to] = step % 2 === 0 ? ['hall', 'yard'] : ['yard', 'hall'];
      const input = player.input(id, step, [from, to]);
      return (await client.get(CHOOSE, { input })).makeChoice;
    };
    return { story, player, id, choose };
  }

  it('is one statement, on the first step, the tenth and the thousandth', async () => {
    const { id, choose } = await newPlay();
    for (let step = 0; step <= 1000; step++) {
      if (![0, 10, 1000].includes(step)) {
        await choose(step);
        continue;
      }
      let answer: any;
      const statements = await talegraph.statements.during(async () => {
        answer = await choose(step);
      });
      expect(answer).toMatchObject({
        progress: { id, step: step + 1, isCompleted: false },
        nextNode: {
          title: 'Title of yard',
          choices: [{ toNode: { title: 'Title of hall' } }, { toNode: { title: 'Title of end' } }],
        },
      });
      expect(statements).toEqual([expect.stringContaining('UPDATE user_progress')]);
    }
  }, 60_000);

  it('is one statement under a spoiler guard, too, once it is known what was visited', async () => {
    const { choose } = await newPlay({ spoilerGuard: true });
    const targets = (answer: any) =>
      answer.nextNode.choices.map(({ toNode }: any) => toNode?.title);
    expect(targets(await choose(0))).toEqual(['Title of hall', undefined]);
    for (let step = 1; step <= 1000; step++) {
      if (step !== 10 && step !== 1000) {
        await choose(step);
        continue;
      }
      let answer: any;
      const statements = await talegraph.statements.during(async () => {
        answer = await choose(step);
      });
      expect(targets(answer)).toEqual(['Title of hall', undefined]);
      expect(statements).toEqual([expect.stringContaining('UPDATE user_progress')]);
    }
  }, 60_000);

  it('shows what another process has let the reader visit meanwhile', async () => {
    const { story, id, choose } = await newPlay({ spoilerGuard: true });
    await choose(0);
    await choose(1);
    // Another playthrough comes to the end, as it were on another server: this one is not told.
    await talegraph.database.query(
      `INSERT INTO user_progress (user_id, story_id, version_id, current_node_id, state, seed, step, is_completed)
       SELECT user_id, story_id, version_id, $2, state, seed, 1, true FROM user_progress WHERE progress_id = $1`,
      [keyOf(id), keyOf(story.node('end'))],
    );
    const { nextNode } = await choose(2);
    expect(nextNode.choices.map(({ toNode }: any) => toNode?.title)).toEqual([
      'Title of hall',
      'Title of end',
    ]);
  });

  it('takes two where another process has gone on meanwhile, and is one again after that', async () => {
    const { player, id, choose } = await newPlay();
    await choose(0);
    // Someone else's process has made a step: what this one knows is old.
    await talegraph.database.query(
      `WITH moved AS (
         UPDATE user_progress SET step = 2, current_node_id = first.node_id,
           state = jsonb_build_object('node', first.node_id, 'turn', 2)
         FROM progress_steps AS first
         WHERE first.progress_id = user_progress.progress_id AND user_progress.progress_id = $1
         RETURNING first.*
       )
       INSERT INTO progress_steps (progress_id, seq, node_id, choice_id, to_node_id, version_id)
       SELECT progress_id, 1, to_node_id, choice_id, node_id, version_id FROM moved`,
      [keyOf(id)],
    );
    const statements = await talegraph.statements.during(() => choose(2));
    expect(statements).toEqual([
      expect.stringContaining('SELECT'),
      expect.stringContaining('UPDATE user_progress'),
    ]);
    expect(await talegraph.statements.during(() => choose(3))).toHaveLength(1);
    expect(
      (await player.client.get(CURRENT, { storyId: player.story.id })).storyProgress.step,
    ).toBe(4);
  });

  it('is made though somebody writes the row meanwhile, and makes no step', async () => {
    const { id, choose } = await newPlay();
    await choose(0);
    const { database, app } = talegraph;
    // As on a server that does not know the playthrough: it reads the row that is just being written.
    app.get(KnownPlaythroughs).forget(keyOf(id));
    const answer = await database.transaction(async (manager) => {
      await manager.query('UPDATE user_progress SET seed = seed WHERE progress_id = $1', [
        keyOf(id),
      ]);
      const answer = choose(1);
      await untilSomeWait(database);
      return { answer };
    });
    expect(await answer.answer).toMatchObject({ progress: { step: 2 } });
  });

  it('writes to no index of the playthrough: none is over what it changes', async () => {
    const indexed = await talegraph.database.query<{ column: string }[]>(
      `SELECT DISTINCT attname AS column FROM pg_index JOIN pg_attribute
         ON attrelid = indrelid AND (attnum = ANY(indkey) OR pg_get_indexdef(indexrelid) ~ ('\\m' || attname || '\\M'))
       WHERE indrelid = 'user_progress'::regclass AND attnum > 0 ORDER BY attname`,
    );
    expect(indexed.map(({ column }) => column)).toEqual([
      'progress_id',
      'story_id',
      'user_id',
      'version_id',
    ]);
  });

  it('is refused as ever where it cannot be made, and nothing is done', async () => {
    const { player, id, choose } = await newPlay();
    const { factory, client } = talegraph;
    await choose(0);
    const stranger = new Player(client, await factory.newReader(), player.story);
    expect((await stranger.refusal(id, 1, ['yard', 'hall'])).extensions.code).toBe('NOT_FOUND');
    expect((await player.refusal(id, 1, ['hall', 'yard'])).extensions.code).toBe('CONFLICT');
    expect((await player.refusal(id, 2, ['yard', 'hall'])).extensions.code).toBe('CONFLICT');
    expect((await choose(1)).progress.step).toBe(2);
    await player.client.get(`mutation ($id: ID!) { deleteProgress(id: $id) }`, { id });
    expect((await player.refusal(id, 2, ['hall', 'yard'])).extensions.code).toBe('NOT_FOUND');
  });
});

describe('what readers do around choices', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it('takes few statements', async () => {
    const { factory, client } = talegraph;
    const story = await factory.newStory(await factory.newAuthor());
    const reader = client.as((await factory.newReader()).token);
    const count = async (query: string, variables: object) =>
      (await talegraph.statements.during(() => reader.get(query, variables))).length;
    const storyId = story.id;
    // The viewer, and the version, are read once.
    await reader.get(CURRENT, { storyId });
    await new Player(client, await factory.newReader(), story).start();
    expect(await count(START, { storyId })).toBe(5);
    expect(await count(START, { storyId })).toBe(1);
    expect(await count(START, { storyId, input: { restart: true } })).toBe(2);
    expect(await count(CURRENT, { storyId })).toBe(2);
  });
});
