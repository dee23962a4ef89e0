import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PublishedStories } from '../../../src/publishing/reader/published-stories.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';

describe('the flow of a published story', () => {
  let test: TestApp;
  let author: Author;
  let story: MadeStory;

  beforeAll(async () => {
    test = await startApp();
  });

  afterAll(() => test.close());

  beforeEach(async () => {
    const person = await test.factory.newAuthor();
    story = await test.factory.newStory(person, {
      nodes: { start: ['left', 'right'], left: ['right'], right: [] },
    });
    author = new Author(test.client, person, story);
  });

  const flow = (headers: Record<string, string> = {}, id = story.id) =>
    fetch(`${test.url}/stories/${id}/flow.json`, { headers });
  const json = async (response: Response): Promise<any> => response.json();

  it('has all nodes, their choices, and where these lead', async () => {
    const response = await flow();
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const { storyId, nodes } = await json(response);
    expect(storyId).toBe(story.id);
    expect(nodes.map(({ id }: any) => id)).toEqual(['start', 'left', 'right'].map(story.node));
    const [start, , end] = nodes;
    expect(start.choices.map(({ id, toNodeId }: any) => [id, toNodeId])).toEqual([
      [story.choice('start', 'left'), story.node('left')],
      [story.choice('start', 'right'), story.node('right')],
    ]);
    expect([start.isStart, end.type, end.endingKind]).toEqual([true, 'ENDING', expect.any(String)]);
  });

  it('says of each node what the API does, but for HTML', async () => {
    const { nodes } = await json(await flow());
    const { storyNode } = await test.client.get(
      `query ($id: ID!) { storyNode(id: $id) { id key title content type isStart isEnding endingKind
         image { url } audio { url }
         choices { id letter text consequences puzzle attempts dice afterSeconds toNode { id } } } }`,
      { id: story.node('start') },
    );
    const choices = storyNode.choices.map(({ toNode, ...choice }: any) => ({
      ...choice,
      toNodeId: toNode.id,
    }));
    expect(nodes[0]).toEqual({ ...storyNode, choices });
  });

  it('costs no statement once it was written, and no bytes to who has it', async () => {
    const etag = (await flow()).headers.get('etag')!;
    const statements = await test.statements.during(async () => {
      const again = await flow({ 'if-none-match': etag });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect((await flow()).headers.get('cache-control')).toBe(
        'public, max-age=0, must-revalidate',
      );
    });
    expect(statements).toEqual([]);
  });

  it('changes when the story is published, and goes when it is not', async () => {
    const etag = (await flow()).headers.get('etag')!;
    await author.updateNode('start', { title: 'Other' });
    expect((await flow({ 'if-none-match': etag })).status).toBe(304);
    await author.publish();
    const other = await flow({ 'if-none-match': etag });
    expect((await json(other)).nodes[0].title).toBe('Other');
    await author.unpublish();
    expect((await flow()).status).toBe(404);
  });

  it('is nobody’s under a spoiler guard, and there is none of what is no story', async () => {
    await author.updateStory({ spoilerGuard: true });
    const guarded = await flow();
    expect([guarded.status, (await json(guarded)).code]).toEqual([403, 'FORBIDDEN']);
    expect((await flow({}, 'sty_999999')).status).toBe(404);
    expect((await flow({}, 'nonsense')).status).toBe(404);
  });

  it('is refused to who sends a bad token', async () => {
    expect((await flow({ authorization: 'Bearer no.such.token' })).status).toBe(401);
  });
});

it('a flow that is not kept is written for who lacks it alone', async () => {
  const test = await startApp({ ANSWER_CACHE_MB: '0' });
  const story = await test.factory.newStory(await test.factory.newAuthor());
  const reads = jest.spyOn(test.app.get(PublishedStories), 'get');
  const flow = (headers: Record<string, string> = {}) =>
    fetch(`${test.url}/stories/${story.id}/flow.json`, { headers });
  const etag = (await flow()).headers.get('etag')!;
  expect(reads).toHaveBeenCalledTimes(1);
  const again = await flow({ 'if-none-match': etag });
  expect([again.status, again.headers.get('etag')]).toEqual([304, etag]);
  expect(reads).toHaveBeenCalledTimes(1);
  expect((await flow({ 'if-none-match': '"other"' })).status).toBe(200);
  expect(reads).toHaveBeenCalledTimes(2);
  await test.close();
});
