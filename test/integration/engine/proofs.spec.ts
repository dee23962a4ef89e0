import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';
import { Playthrough } from '../../support/playthrough.js';

const PROOF = `id status contentHash isCurrent progress states isComplete isSafe error
  findings { code severity nodeKey choiceId message fix witness { protagonist steps { choiceId dice answer variable value } } }
  collectibles { key isEnding verdict witness { steps { choiceId } } }
  nodes(first: 50) { totalCount nodes { nodeId verdict witness { steps { choiceId } } } }
  choices(first: 50) { totalCount nodes { choiceId verdict witness { steps { choiceId } } } }`;
const PROVE = `mutation ($id: ID!) { proveStory(storyId: $id) { ${PROOF} } }`;
const LOOK = `query ($id: ID!) { storyProof(storyId: $id) { ${PROOF} } }`;
const PUBLISH = `mutation ($id: ID!, $input: PublishStoryInput) {
  publishStory(id: $id, input: $input) { publishedVersion { number contentHash } } }`;

describe('a proof', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  /** A cave behind which the door asks for a key; readers who take the other way cannot open it. */
  async function newStory() {
    const person = await talegraph.factory.newAuthor();
    const story = await talegraph.factory.newStory(person, {
      nodes: { start: ['cave', 'door'], cave: ['door'], door: ['end'], end: [], lost: ['end'] },
      published: false,
    });
    const author = new Author(talegraph.client, person, story);
    await author.deleteNode('lost');
    await author.define({
      items: [{ key: 'key', name: 'Key' }],
      artifacts: [{ key: 'crown', name: 'Crown' }],
    });
    await author.updateNode('cave', { effects: [{ op: 'GIVE', target: 'key' }] });
    await author.updateNode('end', { effects: [{ op: 'AWARD', target: 'crown' }] });
    await author.updateChoice('door', 'end', { condition: '"key" in inventory' });
    return { story, author };
  }

  async function proved(author: Author, { id }: MadeStory): Promise<any> {
    const { proveStory } = await author.client.get(PROVE, { id });
    expect(['QUEUED', 'RUNNING', 'DONE']).toContain(proveStory.status);
    for (let tries = 0; tries < 100; tries++) {
      const { storyProof } = await author.client.get(LOOK, { id });
      if (storyProof.status === 'DONE' || storyProof.status === 'FAILED') return storyProof;
      await setTimeout(100);
    }
    throw new Error('The proof was not done in ten seconds.');
  }

  it('is made in the background, and shows where readers get stuck and how they come there', async () => {
    const { story, author } = await newStory();
    expect((await author.client.get(LOOK, { id: story.id })).storyProof).toBeNull();
    const proof = await proved(author, story);
    expect(proof).toMatchObject({
      status: 'DONE',
      isCurrent: true,
      progress: 1,
      isComplete: true,
      isSafe: false,
      error: null,
      collectibles: [{ key: 'crown', isEnding: false, verdict: 'REACHABLE' }],
    });
    expect(proof.findings).toEqual([
      expect.objectContaining({
        code: 'SOFT_LOCK',
        severity: 'ERROR',
        nodeKey: 'door',
        witness: {
          protagonist: null,
          steps: [expect.objectContaining({ choiceId: story.choice('start', 'door') })],
        },
      }),
    ]);
  });

  it('gives every node and choice its shortest play, which a reader can play', async () => {
    const { story, author } = await newStory();
    const { nodes, choices } = await proved(author, story);
    expect([nodes.totalCount, choices.totalCount]).toEqual([4, 4]);
    const end = nodes.nodes.find(({ nodeId }: any) => nodeId === story.node('end'));
    expect(end.witness.steps.map(({ choiceId }: any) => choiceId)).toEqual([
      story.choice('start', 'cave'),
      story.choice('cave', 'door'),
      story.choice('door', 'end'),
    ]);
    await author.client.get(PUBLISH, { id: story.id, input: { publishAnyway: true } });
    const play = await Playthrough.begin(talegraph, story);
    await play.choose(0, 'start', 'cave');
    await play.choose(1, 'cave', 'door');
    expect((await play.choose(2, 'door', 'end')).isEnding).toBe(true);
  });

  it('is kept by content: the same draft is proved once, another one anew', async () => {
    const { story, author } = await newStory();
    const first = await proved(author, story);
    const { proveStory } = await author.client.get(PROVE, { id: story.id });
    expect(proveStory).toMatchObject({ id: first.id, status: 'DONE' });
    await author.updateChoice('door', 'end', { condition: null });
    const { storyProof } = await author.client.get(LOOK, { id: story.id });
    expect(storyProof).toMatchObject({ id: first.id, isCurrent: false });
    const second = await proved(author, story);
    expect(second.id).not.toBe(first.id);
    expect(second).toMatchObject({ isCurrent: true, isSafe: true });
  });

  it('keeps a story from being published unless its author overrides it', async () => {
    const { story, author } = await newStory();
    const { id } = story;
    const { extensions, message } = await author.client.fail(PUBLISH, { id });
    expect(extensions).toMatchObject({
      code: 'STORY_INVALID',
      findings: [{ code: 'SOFT_LOCK', severity: 'ERROR', nodeKey: 'door' }],
    });
    expect(message).toMatch(/^Readers can get stuck at 1 place\. Mend it, .*input\.publishAnyway/);
    const input = { publishAnyway: true };
    const { publishStory } = await author.client.get(PUBLISH, { id, input });
    expect(publishStory.publishedVersion.number).toBe(1);
    const { storyProof } = await author.client.get(LOOK, { id });
    expect(storyProof).toMatchObject({
      status: 'DONE',
      isSafe: false,
      contentHash: publishStory.publishedVersion.contentHash,
    });
  });

  it('overrides no structural error', async () => {
    const { story, author } = await newStory();
    await author.addNode({ title: 'Alone', content: 'x', type: 'STORY' });
    const { extensions } = await author.client.fail(PUBLISH, {
      id: story.id,
      input: { publishAnyway: true },
    });
    expect(extensions.code).toBe('STORY_INVALID');
  });
});
