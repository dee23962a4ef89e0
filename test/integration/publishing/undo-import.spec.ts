import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { importFile, outcomes } from '../../support/importing.js';

const twee = (ifid: string, hall: string, script = 'window.lamp = true;') => `:: StoryTitle
The Cellar

:: StoryData
{
  "ifid": "${ifid}",
  "format": "SugarCube",
  "format-version": "2.36.1",
  "start": "Stairs"
}

:: StoryScript [script]
${script}

:: Stairs {"position":"100,200"}
<<set $gold to 3>>You stand on the stairs. <<fancy>>
[[Go down->Hall]]

:: Hall
${hall}
<<link "Back" "Stairs">><</link>>
`;

const ONE = 'It is <<cold 3>> here.';
const TWO = 'It is <<warm "4">> here, and <<if $gold gt 2>>bright<</if>>.';

describe('undoing the import of a Twine story over a draft', () => {
  let talegraph: TestApp;
  let client: GraphqlClient;
  let ifid: string;
  let made = 0;
  beforeAll(async () => {
    talegraph = await startApp();
    client = talegraph.client.as((await talegraph.factory.newAuthor()).token);
  });
  beforeEach(() => {
    ifid = `D674C58C-DEFA-4F70-B7A2-27742230C0${(made += 1).toString(16).padStart(2, '0').toUpperCase()}`;
  });
  afterAll(() => talegraph.close());

  const put = async (file: string, options: object = {}) => {
    const job = await importFile(client, file, options);
    return { outcome: outcomes(job)[0], id: job.stories.nodes[0].story.id as string };
  };
  const exported = async (id: string): Promise<string> =>
    (
      await client.get(`query ($id: ID!) { exportStory(storyId: $id, format: TWEE) { content } }`, {
        id,
      })
    ).exportStory.content;
  const go = (field: 'undoDraft' | 'redoDraft', id: string, changeId?: string) =>
    client.get(
      `mutation ($id: ID!${changeId ? ', $changeId: ID!' : ''}) {
         ${field}(storyId: $id${changeId ? ', changeId: $changeId' : ''}) { kind } }`,
      { id, ...(changeId && { changeId }) },
    );
  const lastEdits = async (id: string) => {
    const { draftHistory } = await client.get(
      `query ($id: ID!) { draftHistory(storyId: $id, first: 1) { nodes {
         id kind edits { nodes { of action nodeKey fields { name before after } } } } } }`,
      { id },
    );
    const [{ edits, ...change }] = draftHistory.nodes;
    return { ...change, edits: edits.nodes };
  };
  const rewrite = async (id: string, title: string, content: string) => {
    const { story } = await client.get(
      `query ($id: ID!) { story(id: $id) { draft { nodes(first: 9) { nodes { id title revision } } } } }`,
      { id },
    );
    const node = story.draft.nodes.nodes.find((one: any) => one.title === title);
    await client.get(
      `mutation ($id: ID!, $input: UpdateNodeInput!) { updateNode(id: $id, input: $input) { id } }`,
      { id: node.id, input: { revision: node.revision, content } },
    );
  };

  it('gives the file before it again, and redoing it the file itself', async () => {
    const [first, second] = [twee(ifid, ONE), twee(ifid, TWO, 'window.lamp = false;')];
    const { id } = await put(first);
    expect(await exported(id)).toBe(first);
    expect(await put(second)).toEqual({ outcome: ['The Cellar', 'UPDATED', 2, 2], id });
    expect(await exported(id)).toBe(second);

    await go('undoDraft', id);
    expect(await exported(id)).toBe(first);
    await go('redoDraft', id);
    expect(await exported(id)).toBe(second);
    await go('undoDraft', id);
    expect(await exported(id)).toBe(first);
    expect((await put(first)).outcome).toEqual(['The Cellar', 'UNCHANGED', 2, 2]);
    expect((await put(second)).outcome).toEqual(['The Cellar', 'UPDATED', 2, 2]);
    expect(await exported(id)).toBe(second);
  });

  it('takes back what is in the source alone', async () => {
    const [first, second] = [twee(ifid, ONE), twee(ifid, ONE, 'window.lamp = 7;')];
    const { id } = await put(first);
    expect((await put(second)).outcome).toEqual(['The Cellar', 'UPDATED', 2, 2]);
    expect(await lastEdits(id)).toMatchObject({
      kind: 'IMPORT',
      edits: [
        {
          of: 'STORY',
          action: 'CHANGED',
          fields: [{ name: 'twineSource', before: expect.any(String), after: expect.any(String) }],
        },
      ],
    });
    await go('undoDraft', id);
    expect(await exported(id)).toBe(first);
  });

  it('keeps what was edited before it and after it', async () => {
    const { id } = await put(twee(ifid, ONE));
    await rewrite(id, 'Stairs', 'You stand below.');
    const before = await exported(id);
    await put(twee(ifid, TWO));
    const { id: changeId } = await lastEdits(id);
    expect(await exported(id)).toBe(twee(ifid, TWO));

    await client.get(
      `mutation ($id: ID!) { addNode(storyId: $id, input: { key: "attic", title: "Attic", content: "Dust.", type: ENDING }) { id } }`,
      { id },
    );
    await go('undoDraft', id, changeId);
    expect((await exported(id)).startsWith(`${before}\n:: Attic\nDust.\n`)).toBe(true);
    await go('undoDraft', id);
    expect(await exported(id)).toBe(before);
  });

  it('leaves a source alone when something else is undone', async () => {
    const { id } = await put(twee(ifid, ONE));
    await put(twee(ifid, TWO));
    await rewrite(id, 'Hall', 'Empty.');
    await go('undoDraft', id);
    expect(await exported(id)).toBe(twee(ifid, TWO));
  });

  it('leaves a story that had no source without one', async () => {
    const { id } = await put(
      JSON.stringify({
        title: 'Own',
        nodes: [{ key: 'a', title: 'A', content: 'Own words.', type: 'ending', start: true }],
      }),
    );
    const before = await exported(id);
    await put(twee(ifid, ONE), { storyId: id });
    await go('undoDraft', id);
    expect(await exported(id)).toBe(before);
    expect((await put(twee(ifid, ONE))).id).not.toBe(id);
  });
});
