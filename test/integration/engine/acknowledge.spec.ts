import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';

const REPORT = `isValid errorCount warningCount acknowledgedCount findings { id isAcknowledged code severity nodeKey }`;
const VALIDATE = `query ($id: ID!, $all: Boolean) { validateStory(storyId: $id, includeAcknowledged: $all) { ${REPORT} } }`;
const ACKNOWLEDGE = `mutation ($id: ID!, $findingId: String!, $is: Boolean) {
  acknowledgeFinding(storyId: $id, findingId: $findingId, isAcknowledged: $is) { ${REPORT} } }`;
const VERSION = `query ($id: ID!) { story(id: $id) { publishedVersion { validation { ${REPORT} } } } }`;

describe('a finding', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  /** A draft with two warnings: a node that nothing leads to, and something declared that nothing uses. */
  async function newDraft() {
    const person = await talegraph.factory.newAuthor();
    const story = await talegraph.factory.newStory(person, {
      nodes: { start: ['end'], end: [], alone: ['end'] },
      published: false,
    });
    const author = new Author(talegraph.client, person, story);
    await author.define({ items: [{ key: 'lamp', name: 'Lamp' }] });
    const { id } = story;
    const validate = async (all = false): Promise<any> =>
      (await author.client.get(VALIDATE, { id, all })).validateStory;
    const acknowledge = async (findingId: string, is = true): Promise<any> =>
      (await author.client.get(ACKNOWLEDGE, { id, findingId, is })).acknowledgeFinding;
    const idOf = async (code: string): Promise<string> =>
      (await validate()).findings.find((each: any) => each.code === code).id;
    return { story, author, validate, acknowledge, idOf };
  }
  const codesOf = ({ findings }: any) => findings.map(({ code }: any) => code);

  it('stays quiet when it is acknowledged, but can be asked for', async () => {
    const { validate, acknowledge, idOf } = await newDraft();
    expect(codesOf(await validate())).toEqual(['UNREACHABLE_NODE', 'UNUSED_DECLARATION']);
    const left = await acknowledge(await idOf('UNREACHABLE_NODE'));
    expect(left).toMatchObject({ warningCount: 1, acknowledgedCount: 1 });
    expect(codesOf(left)).toEqual(['UNUSED_DECLARATION']);
    expect(await validate()).toEqual(left);
    expect((await validate(true)).findings).toMatchObject([
      { code: 'UNREACHABLE_NODE', isAcknowledged: true },
      { code: 'UNUSED_DECLARATION', isAcknowledged: false },
    ]);
  });

  it('speaks up again when its place changes, and not when another one does', async () => {
    const { author, validate, acknowledge, idOf } = await newDraft();
    await acknowledge(await idOf('UNREACHABLE_NODE'));
    await acknowledge(await idOf('UNUSED_DECLARATION'));
    await author.updateNode('end', { title: 'Another title' });
    expect(codesOf(await validate())).toEqual([]);
    await author.updateNode('alone', { title: 'Another title' });
    expect(codesOf(await validate())).toEqual(['UNREACHABLE_NODE']);
    await author.define({ items: [{ key: 'lamp', name: 'Bright lamp' }] });
    expect(codesOf(await validate())).toEqual(['UNREACHABLE_NODE', 'UNUSED_DECLARATION']);
  });

  it('speaks up again when the acknowledgement is taken back', async () => {
    const { acknowledge, idOf } = await newDraft();
    const id = await idOf('UNREACHABLE_NODE');
    await acknowledge(id);
    expect(codesOf(await acknowledge(id, false))).toContain('UNREACHABLE_NODE');
  });

  it('cannot be acknowledged if it is an error, or not there', async () => {
    const { story, author, idOf } = await newDraft();
    await author.deleteChoice('start', 'end');
    const findingId = await idOf('DEAD_END');
    const refused = async (findingId: string) =>
      (await author.client.fail(ACKNOWLEDGE, { id: story.id, findingId })).extensions.fields;
    expect(await refused(findingId)).toEqual([
      { path: 'findingId', message: 'is an error, and errors must be mended' },
    ]);
    expect(await refused('made up')).toMatchObject([{ path: 'findingId' }]);
  });

  it('is told of a version too, to those who may edit the story', async () => {
    const { story, author } = await newDraft();
    await author.publish();
    await author.deleteNode('alone');
    const { id } = story;
    const { story: own } = await author.client.get(VERSION, { id });
    expect(codesOf(own.publishedVersion.validation)).toEqual([
      'UNREACHABLE_NODE',
      'UNUSED_DECLARATION',
    ]);
    const { story: others } = await talegraph.client.get(VERSION, { id });
    expect(others.publishedVersion.validation).toBeNull();
  });
});
