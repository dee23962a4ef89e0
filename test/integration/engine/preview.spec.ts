import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';

const PREVIEW = `query ($id: ID!, $input: PreviewInput!) { previewText(storyId: $id, input: $input) {
  text html words readingMinutes problems { message line column } } }`;
const DEBUG = `query ($id: ID!, $input: DebugInput!) { debugStory(storyId: $id, input: $input) { state } }`;
const WORDS = `query ($id: ID!) { story(id: $id) { wordCount readingMinutes
  draft { wordCount readingMinutes nodes { nodes { key wordCount } } } } }`;

describe('texts', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let author: Author;
  beforeAll(async () => {
    talegraph = await startApp();
    const person = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(person, {
      nodes: { hall: ['yard'], yard: [] },
      published: false,
    });
    author = new Author(talegraph.client, person, story);
    await author.define({
      variables: [
        { name: 'gold', type: 'INT', initial: 1, max: 900 },
        { name: 'name', type: 'STRING', initial: 'A*da' },
      ],
    });
    await author.updateNode('hall', {
      content: '{{ name }} has **{{ gold }}** <b>coins</b>.{% if gold > 9 %} Rich!{% endif %}',
    });
    await author.updateNode('yard', { content: '我喜欢读书。' });
    await author.updateChoice('hall', 'yard', { text: 'Pay *{{ gold }}* & go <out>' });
  });
  afterAll(() => talegraph.close());

  const preview = async (input: object): Promise<any> =>
    (await author.client.get(PREVIEW, { id: story.id, input })).previewText;
  const errorOf = async (input: object) =>
    (await author.client.fail(PREVIEW, { id: story.id, input })).extensions;

  it('shows a node as to a reader who has just begun', async () => {
    expect(await preview({ nodeId: story.node('hall') })).toEqual({
      text: 'A\\*da has **1** <b>coins</b>.',
      html: '<p>A*da has <strong>1</strong> &lt;b&gt;coins&lt;/b&gt;.</p>\n',
      words: 7,
      readingMinutes: 1,
      problems: [],
    });
  });

  it('shows it as to one who stands where the debugger stood', async () => {
    const input = { set: [{ name: 'gold', value: 12 }] };
    const { state } = (await author.client.get(DEBUG, { id: story.id, input })).debugStory;
    const { html } = await preview({ nodeId: story.node('hall'), state });
    expect(html).toBe('<p>A*da has <strong>12</strong> &lt;b&gt;coins&lt;/b&gt;. Rich!</p>\n');
  });

  it('shows a text as it is with values that are set, on a state or at the beginning', async () => {
    const set = [{ name: 'gold', value: 7 }];
    expect((await preview({ text: '{{ gold }}', set })).text).toBe('7');
    const { state } = (
      await author.client.get(DEBUG, { id: story.id, input: { set: [{ name: 'turn', value: 5 }] } })
    ).debugStory;
    expect((await preview({ text: '{{ gold }} {{ turn }}', state, set })).text).toBe('7 5');
  });

  it('refuses all values that cannot be set', async () => {
    const { extensions } = await author.client.fail(PREVIEW, {
      id: story.id,
      input: {
        text: '',
        set: [
          { name: 'golf', value: 1 },
          { name: 'gold', value: 'x' },
        ],
      },
    });
    expect(extensions.fields).toEqual([
      { path: 'input.set.0.name', message: 'there is nothing called golf. Did you mean gold?' },
      { path: 'input.set.1.value', message: 'must be a whole number' },
    ]);
  });

  it('shows a choice, which has no Markdown', async () => {
    const choiceId = await choiceOfHall();
    expect(await preview({ choiceId })).toMatchObject({
      text: 'Pay *1* & go <out>',
      html: 'Pay *1* &amp; go &lt;out&gt;',
      words: 4,
    });
  });

  it('shows a text that is not in the draft, and stores nothing', async () => {
    const before = await fingerprint(talegraph.database);
    expect(await preview({ text: '' })).toEqual({
      text: '',
      html: '',
      words: 0,
      readingMinutes: 0,
      problems: [],
    });
    expect(await preview({ text: 'word '.repeat(401) })).toMatchObject({
      words: 401,
      readingMinutes: 3,
    });
    expect((await preview({ text: '<script>x</script>[a](javascript:x)' })).html).toBe(
      '<p>&lt;script&gt;x&lt;/script&gt;[a](javascript:x)</p>\n',
    );
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('answers a faulty text with all that is wrong with it', async () => {
    expect(await preview({ text: 'You\nhave {{ goldd }}. [On](yard)' })).toEqual({
      text: 'You\nhave {{ goldd }}. [On](yard)',
      html: '<p>You\nhave {{ goldd }}. <a href="yard" rel="noopener noreferrer nofollow">On</a></p>\n',
      words: 3,
      readingMinutes: 1,
      problems: [
        { message: expect.stringContaining('goldd'), line: 2, column: 9 },
        { message: 'The link to yard leads nowhere.', line: 2, column: 19 },
      ],
    });
    expect((await preview({ text: '{% if gold %}' })).problems).toHaveLength(1);
    const { problems } = await preview({ text: '{{ golf }} {{ gild }} {% if gold > %}' });
    expect(problems.map(({ column }: any) => column)).toEqual([4, 15, 23, 34]);
  });

  it.each([
    ['nothing to show', {}, 'input'],
    ['two things to show', { text: 'a', nodeId: 'nod_1' }, 'input'],
    ['a text that is too long', { text: 'a'.repeat(50_001) }, 'input.text'],
    ['a text that is null', { text: null }, 'input.text'],
    ['an id of another kind', { nodeId: 'cho_1' }, 'input.nodeId'],
    ['no node of the story', { nodeId: 'nod_999999' }, 'input.nodeId'],
    ['no choice of the story', { choiceId: 'cho_999999' }, 'input.choiceId'],
    ['a state of no story', { text: 'a', state: { node: 1 } }, 'input.state'],
    ['a state that is none', { text: 'a', state: 'x' }, 'input.state'],
  ])('refuses %s', async (_, input, path) => {
    const { code, fields } = (await errorOf(input)) as any;
    expect(code).toBe('BAD_USER_INPUT');
    expect(fields[0].path).toBe(path);
  });

  it('counts the words of nodes, drafts, and of what is published', async () => {
    const counted = async () => (await author.client.get(WORDS, { id: story.id })).story;
    const draft = {
      wordCount: 8,
      readingMinutes: 1,
      nodes: {
        nodes: [
          { key: 'hall', wordCount: 5 },
          { key: 'yard', wordCount: 3 },
        ],
      },
    };
    expect(await counted()).toEqual({ wordCount: null, readingMinutes: null, draft });
    await author.publish();
    await author.updateNode('yard', { content: 'word '.repeat(200) });
    expect(await counted()).toMatchObject({
      wordCount: 8,
      readingMinutes: 1,
      draft: { wordCount: 205, readingMinutes: 2 },
    });
    await author.unpublish();
    expect(await counted()).toMatchObject({ wordCount: null, readingMinutes: null });
  });

  const choiceOfHall = async (): Promise<string> => {
    const { story: found } = await author.client.get(
      `query ($id: ID!) { story(id: $id) { draft { node(key: "hall") { choices { id } } } } }`,
      { id: story.id },
    );
    return found.draft.node.choices[0].id;
  };
});
