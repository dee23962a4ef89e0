import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '../../../src/database/database.js';
import { StoryRepository } from '../../../src/stories/story.repository.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory, Person } from '../../support/factory.js';

const READ = `query ($id: ID!) { storyNode(id: $id) { title choices { text toNode { title } } } }`;

describe('the heads of stories', () => {
  let test: TestApp;
  let person: Person;
  let reader: Person;
  let author: Author;
  let story: MadeStory;

  beforeAll(async () => {
    test = await startApp();
  });

  afterAll(() => test.close());

  beforeEach(async () => {
    person = await test.factory.newAuthor();
    reader = await test.factory.newReader();
    story = await test.factory.newStory(person);
    author = new Author(test.client, person, story);
    await read();
  });

  const read = (client = test.client.as(reader.token)) =>
    client.send(READ, { id: story.node('start') });
  const title = async () => (await read()).data.storyNode?.title;

  it('are remembered: a player read sends no statement', async () => {
    expect(await test.statements.during(() => read())).toEqual([]);
  });

  it('lead to versions that are loaded once for all who ask at a time', async () => {
    await author.updateNode('start', { title: 'Loaded once' });
    await author.publish();
    const statements = await test.statements.during(async () => {
      const titles = await Promise.all(Array.from({ length: 5 }, title));
      expect(new Set(titles)).toEqual(new Set(['Loaded once']));
    });
    expect(statements.filter((text) => text.includes('snapshot'))).toHaveLength(1);
  });

  it('change with what is published', async () => {
    await author.updateNode('start', { title: 'Other' });
    expect(await title()).not.toBe('Other');
    await author.publish();
    expect(await title()).toBe('Other');
    await author.unpublish();
    expect((await read()).errors[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('change with the spoiler guard, from which its author is exempt', async () => {
    await author.updateStory({ spoilerGuard: true });
    expect((await read()).errors[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await read(author.client)).errors).toEqual([]);
    await author.updateStory({ spoilerGuard: false });
    expect((await read()).errors).toEqual([]);
  });

  it('change when the story is deleted', async () => {
    await author.deleteStory();
    expect((await read()).errors[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('stay while a change is not committed, and when it is undone', async () => {
    const stories = test.app.get(StoryRepository);
    const undone = test.app.get(Database).transaction(async () => {
      await stories.unpublish(story.storyId);
      expect((await stories.findHead(story.storyId))?.isPublished).toBe(true);
      expect((await read()).errors).toEqual([]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect((await read()).errors).toEqual([]);
  });
});
