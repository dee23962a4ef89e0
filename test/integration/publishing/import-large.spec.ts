import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DraftDocuments } from '../../../src/publishing/documents/draft-documents.js';
import type { StoryDocument } from '../../../src/publishing/formats/story-document.js';
import { startApp, type TestApp } from '../../support/app.js';

/** So many nodes, each with two or three choices. */
const storyOf = (nodes: number): StoryDocument => ({
  slug: `of-${nodes}`,
  title: 'Large',
  nodes: Array.from({ length: nodes }, (_, i) => ({
    key: `n${i}`,
    title: `Node ${i}`,
    content: `Text of node ${i}. `.repeat(20),
    type: 'choice' as const,
    ...(i === 0 && { start: true }),
    position: { x: i, y: -1 - i },
    choices: Array.from({ length: 2 + (i % 2) }, (_, place) => ({
      text: `Go ${place}`,
      to: `n${(i * 7 + place + 1) % nodes}`,
    })),
  })),
});

describe('a large story', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it('is written and written over with two statements a thousand nodes, and read as a small one', async () => {
    const { viewer } = await talegraph.factory.newAuthor();
    const documents = talegraph.app.get(DraftDocuments);
    const costOf = async (story: StoryDocument) => {
      let storyId = 0;
      const created = await talegraph.statements.during(async () => {
        ({ storyId } = await documents.write(viewer, story, {}));
      });
      const changed = { ...story, nodes: story.nodes.map((node) => ({ ...node, title: 'New' })) };
      const updated = await talegraph.statements.during(async () => {
        expect((await documents.write(viewer, changed, { storyId })).action).toBe('updated');
      });
      const read = await talegraph.statements.during(async () => {
        expect((await documents.read(storyId)).nodes).toEqual(changed.nodes);
      });
      return [created.length, updated.length, read.length] as const;
    };
    const [created, updated, read] = await costOf(storyOf(3));
    expect(await costOf(storyOf(10_000))).toEqual([created + 18, updated + 18, read]);
  }, 120_000);
});
