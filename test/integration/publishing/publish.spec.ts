import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { atOnce, codesOf, dataOf } from '../../support/at-once.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { choose, play } from '../../support/playing.js';

const PUBLISH = `mutation ($id: ID!, $input: PublishStoryInput) {
  publishStory(id: $id, input: $input) {
    id isPublished publishedAt publishedVersion { id number contentHash note }
  }
}`;
const UNPUBLISH = `mutation ($id: ID!) {
  unpublishStory(id: $id) { isPublished publishedAt publishedVersion { id } startNode { id } }
}`;
const READ = `query ($id: ID!) {
  story(id: $id) {
    publishedVersion { number }
    startNode { key }
    nodes { nodes { key title content choices { letter text consequences toNode { key } } } }
  }
}`;
const VERSIONS = 'SELECT * FROM story_versions WHERE story_id = $1 ORDER BY number';

const NODES = { start: ['left', 'right'], left: ['end'], right: ['end'], end: [] };

describe('publishing', () => {
  let talegraph: TestApp;
  let person: Person;
  let author: GraphqlClient;
  let reader: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
    person = await talegraph.factory.newAuthor();
    author = talegraph.client.as(person.token);
    reader = talegraph.client.as((await talegraph.factory.newReader()).token);
  });
  afterAll(() => talegraph.close());

  const newDraft = (nodes: Record<string, readonly string[]> = NODES) =>
    talegraph.factory.newStory(person, { nodes, published: false });
  const publish = async (id: string, note?: string) =>
    (await author.get(PUBLISH, { id, input: note === undefined ? null : { note } })).publishStory;
  const versions = (story: MadeStory): Promise<any[]> =>
    talegraph.database.query(VERSIONS, [story.storyId]);
  const retitle = (story: MadeStory, key: string, title: string, revision = 1) =>
    author.get(
      `mutation ($id: ID!, $input: UpdateNodeInput!) { updateNode(id: $id, input: $input) { id } }`,
      { id: story.node(key), input: { revision, title } },
    );

  it('makes a valid draft version 1, and shows it to everybody', async () => {
    const story = await newDraft();
    const published = await publish(story.id, '  The first one ');
    expect(published).toEqual({
      id: story.id,
      isPublished: true,
      publishedAt: expect.any(String),
      publishedVersion: {
        id: expect.stringMatching(/^ver_\d+$/),
        number: 1,
        contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        note: 'The first one',
      },
    });
    const choice = (letter: string, to: string, consequences: string | null) => ({
      letter,
      text: `Go to ${to}`,
      consequences,
      toNode: { key: to },
    });
    const node = (key: string, choices: object[]) => ({
      key,
      title: `Title of ${key}`,
      content: `Text of *${key}*.`,
      choices,
    });
    expect((await talegraph.client.get(READ, { id: story.id })).story).toEqual({
      publishedVersion: { number: 1 },
      startNode: { key: 'start' },
      nodes: {
        nodes: [
          node('start', [choice('A', 'left', 'You go to left.'), choice('B', 'right', null)]),
          node('left', [choice('A', 'end', 'You go to end.')]),
          node('right', [choice('A', 'end', 'You go to end.')]),
          node('end', []),
        ],
      },
    });
  });

  it('refuses an invalid draft with all findings, and writes nothing', async () => {
    const { id, node } = await newDraft({
      start: ['trap', 'nowhere', 'end'],
      trap: ['trap'],
      lost: ['end'],
      end: [],
    });
    const before = await fingerprint(talegraph.database);
    const { message, extensions } = await author.fail(PUBLISH, { id });
    expect(message).toBe(
      'The story has 2 structural errors. Mend them, then publish; extensions.findings lists all.',
    );
    expect(extensions.code).toBe('STORY_INVALID');
    expect(extensions.findings).toMatchObject([
      {
        code: 'MISSING_TARGET',
        nodeId: node('start'),
        nodeKey: 'start',
        choiceId: expect.any(String),
      },
      { code: 'NO_WAY_TO_AN_ENDING', nodeId: node('trap'), nodeKey: 'trap', choiceId: null },
      { code: 'UNREACHABLE_NODE', nodeId: node('lost'), nodeKey: 'lost', choiceId: null },
    ]);
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('speaks of one error as of one', async () => {
    const { id } = await newDraft({ start: ['nowhere', 'end'], end: [] });
    expect((await author.fail(PUBLISH, { id })).message).toBe(
      'The story has 1 structural error. Mend it, then publish; extensions.findings tells where it is.',
    );
  });

  it('tells the findings just as validateStory does', async () => {
    const { id } = await newDraft({ start: ['nowhere'], lost: [] });
    const { extensions } = await author.fail(PUBLISH, { id });
    const { validateStory } = await author.get(
      `query ($id: ID!) {
        validateStory(storyId: $id) {
          findings { id isAcknowledged code severity nodeId nodeKey choiceId message fix witness { protagonist } }
        }
      }`,
      { id },
    );
    expect(extensions.findings).toEqual(validateStory.findings);
  });

  it('publishes a draft that has warnings alone', async () => {
    const { id } = await newDraft({ start: ['end'], end: [], lost: ['end'] });
    expect(await publish(id)).toMatchObject({ isPublished: true, publishedVersion: { number: 1 } });
  });

  it('makes no new version of an unchanged draft, and keeps the first note', async () => {
    const story = await newDraft();
    const first = await publish(story.id, 'First');
    expect(await publish(story.id, 'Second')).toEqual(first);
    expect(await versions(story)).toHaveLength(1);
  });

  it('makes version 2 of a changed draft', async () => {
    const story = await newDraft();
    const first = await publish(story.id);
    await retitle(story, 'left', 'Changed');
    const second = await publish(story.id, 'Changed left');
    expect(second.publishedVersion).toMatchObject({ number: 2, note: 'Changed left' });
    expect(second.publishedVersion.contentHash).not.toBe(first.publishedVersion.contentHash);
    expect(second.publishedAt).toBe(first.publishedAt);
    expect(await versions(story)).toMatchObject([{ number: 1 }, { number: 2 }]);
  });

  it('makes a version 3 of a draft that is again as version 1 was', async () => {
    const story = await newDraft();
    const { publishedVersion: first } = await publish(story.id);
    await retitle(story, 'left', 'Changed');
    await publish(story.id);
    await retitle(story, 'left', 'Title of left', 2);
    const { publishedVersion: third } = await publish(story.id);
    expect(third).toMatchObject({ number: 3, contentHash: first.contentHash });
  });

  it('makes no new version when nodes only move on the author’s map', async () => {
    const story = await newDraft();
    await publish(story.id);
    await author.get(
      `mutation ($id: ID!) {
        updateNode(id: $id, input: { revision: 1, position: { x: 1, y: 1 } }) { id }
      }`,
      { id: story.node('start') },
    );
    expect((await publish(story.id)).publishedVersion.number).toBe(1);
  });

  it('makes one version of 10 publications at the same time', async () => {
    const story = await newDraft();
    const answers = await atOnce(author, 10, PUBLISH, (i) => ({
      id: story.id,
      input: { note: `Note ${i}` },
    }));
    expect(codesOf(answers)).toEqual([]);
    const told = dataOf(answers).map(({ publishStory }) => publishStory.publishedVersion);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    expect(await versions(story)).toMatchObject([{ number: 1, note: told[0].note }]);
  });

  it('numbers versions without gap when the draft changes between publications', async () => {
    const story = await newDraft();
    for (let revision = 1; revision <= 4; revision++) {
      await retitle(story, 'left', `Title ${revision}`, revision);
      const answers = await atOnce(author, 3, PUBLISH, () => ({ id: story.id }));
      expect(codesOf(answers)).toEqual([]);
    }
    expect((await versions(story)).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  it('keeps later edits of the draft from readers', async () => {
    const story = await newDraft();
    await publish(story.id);
    const { story: before } = await reader.get(READ, { id: story.id });
    await retitle(story, 'start', 'Edited');
    await author.get(`mutation ($id: ID!) { deleteNode(id: $id) }`, { id: story.node('right') });
    await author.get(`mutation ($id: ID!) { deleteChoice(id: $id) }`, {
      id: story.choice('left', 'end'),
    });
    await author.get(
      `mutation ($id: ID!) {
        addNode(storyId: $id, input: { title: "New", content: "New", type: ENDING, isStart: true }) { id }
      }`,
      { id: story.id },
    );
    for (const viewer of [reader, talegraph.client, author]) {
      expect((await viewer.get(READ, { id: story.id })).story).toEqual(before);
    }
    const { storyNode } = await reader.get(`query ($id: ID!) { storyNode(id: $id) { title } }`, {
      id: story.node('right'),
    });
    expect(storyNode.title).toBe('Title of right');
    await play(reader, story, ['start', 'right', 'end']);
  });

  it('never changes a version once it is made', async () => {
    const story = await newDraft();
    await publish(story.id);
    const [first] = await versions(story);
    await retitle(story, 'left', 'Changed');
    await author.get(`mutation ($id: ID!) { deleteNode(id: $id) }`, { id: story.node('right') });
    await author.get(`mutation ($id: ID!) { deleteChoice(id: $id) }`, {
      id: story.choice('start', 'right'),
    });
    await publish(story.id);
    await author.get(UNPUBLISH, { id: story.id });
    await author.get(`mutation ($id: ID!) { deleteStory(id: $id) }`, { id: story.id });
    const after = await versions(story);
    expect(after.map(({ number }) => number)).toEqual([1, 2]);
    expect(after[0]).toEqual(first);
    expect(after[1].snapshot.nodes).toHaveLength(3);
  });

  it('tells the SHA-256 of the content, the same for the same content', async () => {
    const story = await newDraft();
    const { publishedVersion } = await publish(story.id);
    const [{ snapshot }] = await versions(story);
    // The database keeps the keys of an object in an order of its own; the hash is of the engine's order.
    const nodes = snapshot.nodes.map((node: any) => ({
      id: node.id,
      key: node.key,
      title: node.title,
      content: node.content,
      type: node.type,
      isStart: node.isStart,
      endingKind: node.endingKind,
      choices: node.choices.map((choice: any) => ({
        id: choice.id,
        letter: choice.letter,
        text: choice.text,
        consequences: choice.consequences,
        to: choice.to,
      })),
    }));
    expect(publishedVersion.contentHash).toBe(
      createHash('sha256').update(JSON.stringify({ nodes })).digest('hex'),
    );
  });

  it('hides an unpublished story, and lets running playthroughs go on', async () => {
    const story = await newDraft();
    await publish(story.id);
    const progressId = await play(reader, story, ['start', 'left']);
    expect((await author.get(UNPUBLISH, { id: story.id })).unpublishStory).toEqual({
      isPublished: false,
      publishedAt: expect.any(String),
      publishedVersion: null,
      startNode: null,
    });
    expect((await reader.fail(READ, { id: story.id })).extensions).toEqual({ code: 'NOT_FOUND' });
    const { extensions } = await reader.fail(
      `mutation ($id: ID!) { startStory(storyId: $id, input: { restart: true }) { id } }`,
      { id: story.id },
    );
    expect(extensions).toEqual({ code: 'NOT_FOUND' });
    await choose(reader, story, { progressId, step: 1, from: 'left', to: 'end' });
    const { storyProgress } = await reader.get(
      `query ($id: ID!) { storyProgress(storyId: $id) { id isCompleted currentNode { key } } }`,
      { id: story.id },
    );
    expect(storyProgress).toEqual({
      id: progressId,
      isCompleted: true,
      currentNode: { key: 'end' },
    });
  });

  it('publishes a hidden story again under the same version, and as first published then', async () => {
    const story = await newDraft();
    const first = await publish(story.id);
    await author.get(UNPUBLISH, { id: story.id });
    expect(await publish(story.id)).toEqual(first);
    expect(await versions(story)).toHaveLength(1);
    expect((await reader.get(READ, { id: story.id })).story.publishedVersion).toEqual({
      number: 1,
    });
  });

  it('leaves a playthrough on the version that it began on', async () => {
    const story = await newDraft();
    await publish(story.id);
    const progressId = await play(reader, story, ['start', 'left']);
    await retitle(story, 'end', 'Another end');
    await publish(story.id);
    await choose(reader, story, { progressId, step: 1, from: 'left', to: 'end' });
    const { storyProgress } = await reader.get(
      `query ($id: ID!) { storyProgress(storyId: $id) { version { number } currentNode { title } } }`,
      { id: story.id },
    );
    expect(storyProgress).toEqual({
      version: { number: 1 },
      currentNode: { title: 'Title of end' },
    });
    const { story: now } = await reader.get(READ, { id: story.id });
    expect(now.nodes.nodes.at(-1).title).toBe('Another end');
  });

  it.each([
    ['published story', true, 'FORBIDDEN'],
    ['draft', false, 'NOT_FOUND'],
  ])('is not for others: the %s of another author stays as it is', async (_, published, code) => {
    const { id } = await talegraph.factory.newStory(person, { nodes: NODES, published });
    const before = await fingerprint(talegraph.database);
    expect((await reader.fail(PUBLISH, { id })).extensions).toEqual({ code });
    expect((await reader.fail(UNPUBLISH, { id })).extensions).toEqual({ code });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });
});
