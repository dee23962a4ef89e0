import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';
import { Playthrough } from '../../support/playthrough.js';

const VERSIONS = `query ($id: ID!, $first: Int, $after: String) {
  storyVersions(storyId: $id, first: $first, after: $after) {
    totalCount nodes { id number note publishedBy { username } } pageInfo { hasNextPage endCursor } } }`;
const COMPARE = `query ($id: ID!, $from: ID, $to: ID) { compareVersions(storyId: $id, from: $from, to: $to) {
  isEqual added removed changed moved
  differences(first: 50) { totalCount nodes { of action nodeKey letter name fields { name before after } } } } }`;
const RESTORE = `mutation ($id: ID!, $versionId: ID!) { restoreVersion(storyId: $id, versionId: $versionId) { id } }`;
const PUBLISH = `mutation ($id: ID!, $note: String) {
  publishStory(id: $id, input: { note: $note }) { publishedVersion { id number contentHash } } }`;

describe('the versions of a story', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let author: Author;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    const person = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(person, {
      nodes: { hall: ['attic', 'yard'], attic: ['yard'], yard: [] },
      published: false,
    });
    author = new Author(talegraph.client, person, story);
  });

  const publish = async (note?: string): Promise<any> =>
    (await author.client.get(PUBLISH, { id: story.id, note })).publishStory.publishedVersion;
  const compare = async (from?: string, to?: string): Promise<any> =>
    (await author.client.get(COMPARE, { id: story.id, from, to })).compareVersions;
  const restore = (versionId: string) => author.client.get(RESTORE, { id: story.id, versionId });

  /** A bit of everything that an author can change. */
  async function editHeavily(): Promise<void> {
    await author.define({ variables: [{ name: 'gold', type: 'INT', initial: 3 }] });
    await author.updateNode('hall', { title: 'The Hall', content: 'You have {{ gold }}.' });
    await author.updateChoice('hall', 'yard', { order: 1, condition: 'gold > 2' });
    await author.deleteChoice('hall', 'attic');
    await author.deleteNode('attic');
    const shed = await author.addNode({ key: 'attic', title: 'Shed', content: '', type: 'CHOICE' });
    await author.addChoice('attic', { text: 'Out', toNodeId: story.node('yard') });
    await author.addChoice('hall', { text: 'To the shed', toNodeId: shed });
    await author.updateNode('attic', { isStart: true });
  }

  it('are listed, newest first, with their notes', async () => {
    await publish('First.');
    await author.updateNode('hall', { title: 'Two' });
    await publish('Second.');
    await publish('Unchanged: no new version.');
    const first = (await author.client.get(VERSIONS, { id: story.id, first: 1 })).storyVersions;
    expect(first).toMatchObject({
      totalCount: 2,
      nodes: [{ number: 2, note: 'Second.' }],
      pageInfo: { hasNextPage: true },
    });
    expect(first.nodes[0].publishedBy.username).toMatch(/^user-/);
    const after = first.pageInfo.endCursor;
    const second = (await author.client.get(VERSIONS, { id: story.id, after })).storyVersions;
    expect(second.nodes).toMatchObject([{ number: 1, note: 'First.' }]);
  });

  it('are compared with the draft, and with each other', async () => {
    expect(await compare()).toMatchObject({ isEqual: false, removed: 0, changed: 0, moved: 0 });
    const { id: one } = await publish();
    expect(await compare(one)).toMatchObject({ isEqual: true, differences: { nodes: [] } });
    await author.define({ variables: [{ name: 'gold', type: 'INT', initial: 3 }] });
    await author.updateNode('yard', { title: 'The Yard' });
    await author.updateChoice('hall', 'yard', { order: 1 });
    await author.updateChoice('attic', 'yard', { toNodeId: story.node('hall') });
    await author.addNode({ key: 'shed', title: 'Shed', content: '', type: 'ENDING' });
    const withDraft = await compare(one);
    expect(withDraft).toMatchObject({ isEqual: false, added: 2, removed: 0, changed: 2, moved: 2 });
    expect(withDraft.differences.nodes).toMatchObject([
      { of: 'DECLARATION', action: 'ADDED', name: 'variables.gold' },
      { of: 'CHOICE', action: 'MOVED', nodeKey: 'hall', letter: 'A', fields: [{ before: 'B' }] },
      { of: 'CHOICE', action: 'MOVED', nodeKey: 'hall', letter: 'B' },
      {
        of: 'CHOICE',
        action: 'CHANGED',
        nodeKey: 'attic',
        fields: [{ name: 'toNodeId', before: story.node('yard'), after: story.node('hall') }],
      },
      { of: 'NODE', action: 'CHANGED', nodeKey: 'yard', fields: [{ after: 'The Yard' }] },
      { of: 'NODE', action: 'ADDED', nodeKey: 'shed' },
    ]);
    expect(await compare()).toEqual(withDraft);
    const { id: two } = await publish();
    expect(await compare(one, two)).toEqual(withDraft);
    expect(await compare()).toMatchObject({ isEqual: true });
    expect(await compare(two, one)).toMatchObject({ added: 0, removed: 2, changed: 2, moved: 2 });
  });

  it('become the draft again, exactly, and that can be taken back', async () => {
    const { id: one, contentHash } = await publish();
    await editHeavily();
    const { id: two } = await publish();
    await restore(one);
    expect(await compare(one)).toMatchObject({ isEqual: true });
    await author.client.get(`mutation ($id: ID!) { undoDraft(storyId: $id) { id } }`, {
      id: story.id,
    });
    expect(await compare(two)).toMatchObject({ isEqual: true });
    await author.client.get(`mutation ($id: ID!) { redoDraft(storyId: $id) { id } }`, {
      id: story.id,
    });
    expect(await compare(one)).toMatchObject({ isEqual: true });
    expect(await publish()).toMatchObject({ number: 3, contentHash });
    await restore(two);
    expect(await compare(two)).toMatchObject({ isEqual: true });
  });

  it('stay with readers who are on them, whatever becomes the draft', async () => {
    const { id: one } = await publish();
    const play = await Playthrough.begin(talegraph, story);
    await editHeavily();
    await publish();
    await restore(one);
    await author.deleteNode('attic');
    await play.choose(0, 'hall', 'attic');
    await play.choose(1, 'attic', 'yard');
  });

  it('are restored and compared within their own story alone', async () => {
    const { id: mine } = await publish();
    const other = await talegraph.factory.newStory(await talegraph.factory.newAuthor());
    const foreign = await talegraph.database.query<{ id: string }[]>(
      `SELECT 'ver_' || version_id AS id FROM story_versions WHERE story_id = $1`,
      [other.storyId],
    );
    const versionId = foreign[0]!.id;
    const refused = async (query: string, variables: object) =>
      (await author.client.fail(query, { id: story.id, ...variables })).extensions;
    expect(await refused(RESTORE, { versionId })).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'versionId', message: 'must be a version of this story' }],
    });
    expect(await refused(COMPARE, { from: mine, to: versionId })).toMatchObject({
      fields: [{ path: 'to' }],
    });
  });
});
