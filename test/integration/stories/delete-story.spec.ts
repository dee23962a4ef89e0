import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { choose, play } from '../../support/playing.js';

const DELETE = `mutation ($id: ID!) { deleteStory(id: $id) }`;
const STORY = `query ($id: ID, $slug: String) { story(id: $id, slug: $slug) { id } }`;
const NODE = `query ($id: ID!) { storyNode(id: $id) { id } }`;
const LISTS = `{
  stories(first: 100) { nodes { id } totalCount }
  storyCategories { name }
}`;
const DRAFTS = `{ draftStories(first: 100) { nodes { id } totalCount } }`;
const START = `mutation ($id: ID!) { startStory(storyId: $id) { id step } }`;
const CREATE = `mutation ($input: CreateStoryInput!) { createStory(input: $input) { id slug } }`;

const NODES = { start: ['middle'], middle: ['end'], end: [] };

describe('deleteStory', () => {
  let talegraph: TestApp;
  let person: Person;
  let author: GraphqlClient;
  let reader: GraphqlClient;
  let admin: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory, client } = talegraph;
    person = await factory.newAuthor();
    author = client.as(person.token);
    reader = client.as((await factory.newReader()).token);
    admin = client.as((await factory.newAdmin()).token);
  });
  afterAll(() => talegraph.close());

  it.each([
    ['published story', true],
    ['draft', false],
  ])('takes a %s from everybody’s sight', async (_, published) => {
    const { id, slug, node } = await talegraph.factory.newStory(person, {
      nodes: NODES,
      published,
      category: 'doomed',
    });
    expect(await author.get(DELETE, { id })).toEqual({ deleteStory: true });
    for (const viewer of [author, admin, reader, talegraph.client]) {
      expect((await viewer.fail(STORY, { id })).extensions).toEqual({ code: 'NOT_FOUND' });
      expect((await viewer.fail(STORY, { slug })).extensions).toEqual({ code: 'NOT_FOUND' });
      expect((await viewer.fail(NODE, { id: node('start') })).extensions).toEqual({
        code: 'NOT_FOUND',
      });
      expect(await viewer.get(LISTS)).toEqual({
        stories: { nodes: [], totalCount: 0 },
        storyCategories: [],
      });
    }
    for (const viewer of [author, admin]) {
      expect(await viewer.get(DRAFTS)).toEqual({ draftStories: { nodes: [], totalCount: 0 } });
    }
  });

  it('lets a reader in the middle of it finish', async () => {
    const story = await talegraph.factory.newStory(person, { nodes: NODES, title: 'Cut short' });
    const progressId = await play(reader, story, ['start', 'middle']);
    await author.get(DELETE, { id: story.id });
    expect((await reader.get(START, { id: story.id })).startStory).toEqual({
      id: progressId,
      step: 1,
    });
    await choose(reader, story, { progressId, step: 1, from: 'middle', to: 'end' });
    const { progress } = await reader.get(
      `{ progress { nodes { id isCompleted ending currentNode { key } story { title } } } }`,
    );
    expect(progress.nodes).toEqual([
      {
        id: progressId,
        isCompleted: true,
        ending: 'GOOD',
        currentNode: { key: 'end' },
        story: { title: 'Cut short' },
      },
    ]);
  });

  it('lets nobody begin it any more', async () => {
    const story = await talegraph.factory.newStory(person, { nodes: NODES });
    await play(reader, story, ['start', 'middle', 'end']);
    await author.get(DELETE, { id: story.id });
    const before = await fingerprint(talegraph.database);
    for (const viewer of [reader, author, admin]) {
      const { extensions } = await viewer.fail(START, { id: story.id });
      expect(extensions).toEqual({ code: 'NOT_FOUND' });
    }
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('lets nobody change it any more', async () => {
    const { id, node, choice } = await talegraph.factory.newStory(person, { nodes: NODES });
    await author.get(DELETE, { id });
    const before = await fingerprint(talegraph.database);
    const changes: [string, object][] = [
      [DELETE, { id }],
      [
        `mutation ($id: ID!) { updateStory(id: $id, input: { revision: 1, title: "Back" }) { id } }`,
        { id },
      ],
      [`mutation ($id: ID!) { publishStory(id: $id) { id } }`, { id }],
      [`mutation ($id: ID!) { unpublishStory(id: $id) { id } }`, { id }],
      [
        `mutation ($id: ID!) { addNode(storyId: $id, input: { title: "N", content: "", type: ENDING }) { id } }`,
        { id },
      ],
      [
        `mutation ($id: ID!) { updateNode(id: $id, input: { revision: 1, title: "N" }) { id } }`,
        { id: node('start') },
      ],
      [`mutation ($id: ID!) { deleteNode(id: $id) }`, { id: node('end') }],
      [
        `mutation ($id: ID!) { addChoice(fromNodeId: $id, input: { text: "C" }) { id } }`,
        { id: node('start') },
      ],
      [`mutation ($id: ID!) { deleteChoice(id: $id) }`, { id: choice('start', 'middle') }],
    ];
    for (const [mutation, variables] of changes) {
      for (const viewer of [author, admin]) {
        const { extensions } = await viewer.fail(mutation, variables);
        expect(extensions).toEqual({ code: 'NOT_FOUND' });
      }
    }
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('frees its slug for another story', async () => {
    const details = { description: 'D', category: 'fantasy', difficultyLevel: 'EASY' };
    const create = async (input: object) =>
      (await author.get(CREATE, { input: { ...details, title: 'Phoenix', ...input } })).createStory;
    const first = await create({});
    await author.get(DELETE, { id: first.id });
    const second = await create({});
    expect(second).toEqual({ id: expect.not.stringMatching(first.id), slug: 'phoenix' });
    await author.get(DELETE, { id: second.id });
    const third = await create({ slug: 'phoenix' });
    expect(third.slug).toBe('phoenix');
    expect((await author.get(STORY, { slug: 'phoenix' })).story.id).toBe(third.id);
  });

  it.each([
    ['published story', true, 'FORBIDDEN'],
    ['draft', false, 'NOT_FOUND'],
  ])('leaves the %s of another author as it is', async (_, published, code) => {
    const { id } = await talegraph.factory.newStory(person, { published });
    const before = await fingerprint(talegraph.database);
    expect((await reader.fail(DELETE, { id })).extensions).toEqual({ code });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });
});
