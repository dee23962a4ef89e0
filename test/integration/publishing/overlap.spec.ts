import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DraftDefinitionRepository } from '../../../src/engine/draft-definition.repository.js';
import { ProofService } from '../../../src/engine/proofs/proof.service.js';
import { digest } from '../../../src/engine/story.tasks.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';

const PUBLISH = `mutation ($id: ID!) { publishStory(id: $id) { publishedVersion { number } startNode { title } } }`;

describe('publications that overlap', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  /** Proves the draft as it is, so that publishing it has nothing to wait for. */
  async function prove({ storyId }: MadeStory): Promise<void> {
    const draft = await talegraph.app.get(DraftDefinitionRepository).text(storyId);
    await talegraph.app.get(ProofService).verdictOn(storyId, digest(draft));
  }

  /** Holds up whoever has something to prove while `meanwhile` runs. @param slow begins before it, and is held up */
  async function whileHeldUp<T>(
    slow: () => Promise<T>,
    meanwhile: () => Promise<void>,
  ): Promise<T> {
    const holder = talegraph.database.createQueryRunner();
    await holder.startTransaction();
    await holder.query('LOCK TABLE story_proofs IN SHARE ROW EXCLUSIVE MODE');
    const answer = slow();
    const waiting = () =>
      holder.query(
        `SELECT FROM pg_locks WHERE relation = 'story_proofs'::regclass AND NOT granted`,
      );
    while ((await waiting()).length === 0) await setTimeout(10);
    await meanwhile();
    await holder.commitTransaction();
    await holder.release();
    return answer;
  }

  it.each([
    ['makes a version', 1],
    ['makes no version, as the newest is the same', 2],
  ])('leave the newest draft published, also where that %s', async (_, versions) => {
    const person = await talegraph.factory.newAuthor();
    const story = await talegraph.factory.newStory(person, { published: false });
    const author = new Author(talegraph.client, person, story);
    const publish = () => author.client.get(PUBLISH, { id: story.id });
    if (versions === 2) await author.publish();
    await author.updateNode('start', { title: 'Newer' });
    await prove(story);
    if (versions === 2) await author.publish();
    await author.updateNode('start', { title: 'Older' });
    const overtaken = await whileHeldUp(publish, async () => {
      await author.updateNode('start', { title: 'Newer' });
      await publish();
    });
    expect(overtaken.publishStory).toEqual({
      publishedVersion: { number: versions },
      startNode: { title: 'Newer' },
    });
    expect((await publish()).publishStory).toEqual(overtaken.publishStory);
    const kept = await talegraph.database.query(
      'SELECT number FROM story_versions WHERE story_id = $1',
      [story.storyId],
    );
    expect(kept).toHaveLength(versions);
  });
});
