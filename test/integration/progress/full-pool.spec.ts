import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../../src/database/database.js';
import { PublishedStories } from '../../../src/publishing/reader/published-stories.js';
import { StoryService } from '../../../src/stories/story.service.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { keyOf } from '../../support/player.js';

const POOL = 3;

const TITLE = `query ($id: ID!) { story(id: $id) { title } }`;

describe('a transaction, when all connections are taken,', () => {
  let talegraph: TestApp;
  let author: Person;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp({ DATABASE_POOL_SIZE: String(POOL) });
    const { factory } = talegraph;
    author = await factory.newAuthor();
    story = await factory.newStory(author, { nodes: { hall: ['end'], end: [] } });
  });
  afterAll(() => talegraph.close());

  /** Asks for the same outside of any transaction, and then in as many as there are connections. */
  async function askedByAll<T>(ask: () => Promise<T>): Promise<T[]> {
    const database = talegraph.app.get(Database);
    const ready = Array.from({ length: POOL }, () => Promise.withResolvers<unknown>());
    const go = Promise.withResolvers<unknown>();
    const within = ready.map(({ resolve }) =>
      database.transaction(async () => {
        resolve(undefined);
        await go.promise;
        return ask();
      }),
    );
    await Promise.all(ready.map(({ promise }) => promise));
    const outside = ask();
    go.resolve(undefined);
    return Promise.all([...within, outside]);
  }

  it('waits for no story that another request reads', async () => {
    const service = talegraph.app.get(StoryService);
    const { viewer } = await talegraph.factory.newReader();
    const told = await askedByAll(() => service.getVisible(viewer, { storyId: keyOf(story.id) }));
    expect(told.map(({ storyId }) => storyId)).toEqual(Array(POOL + 1).fill(keyOf(story.id)));
  });

  it('waits for no version that another request reads', async () => {
    const [{ version }] = await talegraph.database.query(
      'SELECT published_version_id AS version FROM stories WHERE story_id = $1',
      [keyOf(story.id)],
    );
    const published = talegraph.app.get(PublishedStories);
    const told = await askedByAll(() => published.get(version));
    expect(told.map(({ versionId }) => versionId)).toEqual(Array(POOL + 1).fill(version));
  });

  it('leaves nothing to others of what it undoes', async () => {
    const database = talegraph.app.get(Database);
    const undone = database.transaction(async () => {
      await database.query(`UPDATE stories SET title = 'Undone' WHERE story_id = $1`, [
        keyOf(story.id),
      ]);
      const seen = await talegraph.app
        .get(StoryService)
        .getVisible(author.viewer, { storyId: keyOf(story.id) });
      expect(seen.title).toBe('Undone');
      throw new Error('Undo it.');
    });
    await expect(undone).rejects.toThrow('Undo it.');
    expect(await talegraph.client.get(TITLE, { id: story.id })).toEqual({
      story: { title: expect.not.stringContaining('Undone') },
    });
  });
});
