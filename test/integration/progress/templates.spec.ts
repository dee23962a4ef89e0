import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';
import { Playthrough } from '../../support/playthrough.js';

const NODE = 'key content contentHtml choices { text consequences lockedReason }';
const SEE = `query ($storyId: ID!) { storyProgress(storyId: $storyId) { currentNode { ${NODE} } } }`;
const ADD_NODE = `mutation ($id: ID!, $input: AddNodeInput!) { addNode(storyId: $id, input: $input) { id } }`;
const ADD_CHOICE = `mutation ($id: ID!, $input: AddChoiceInput!) { addChoice(fromNodeId: $id, input: $input) { id } }`;

describe('templated texts', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let author: Author;
  beforeAll(async () => {
    talegraph = await startApp();
    const person = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(person, {
      nodes: { hall: ['cave', 'shop', 'end'], cave: ['hall'], shop: [], end: [] },
      published: false,
    });
    author = new Author(talegraph.client, person, story);
    await author.define({
      variables: [
        { name: 'gold', type: 'INT', initial: 5 },
        { name: 'secret', type: 'INT', initial: 42 },
        { name: 'hero', type: 'STRING', initial: 'Ada', shown: true, readerWritable: true },
      ],
    });
    await author.updateNode('hall', {
      content:
        '**{{ hero }}**, you have {{ gold }} coins.{% if visits.hall > 1 %} You are back.{% endif %}',
    });
    await author.updateNode('cave', { effects: [{ op: 'SUB', target: 'gold', value: '2' }] });
    await author.updateChoice('hall', 'cave', {
      text: 'Pay two of {{ gold }}',
      consequences: 'That leaves {{ gold }}.',
    });
    await author.updateChoice('hall', 'shop', {
      condition: 'gold > 50',
      lockedText: 'You have but {{ gold }}.',
    });
    await author.publish();
  });
  afterAll(() => talegraph.close());

  const see = async (play: Playthrough) =>
    (await play.player.client.get(SEE, { storyId: story.id })).storyProgress.currentNode;

  it('tell what the reader holds: before, after, and in a repeated answer', async () => {
    const play = await Playthrough.begin(talegraph, story);
    expect(JSON.stringify(await see(play))).not.toContain('42');
    expect(await see(play)).toEqual({
      key: 'hall',
      content: '**Ada**, you have 5 coins.',
      contentHtml: '<p><strong>Ada</strong>, you have 5 coins.</p>\n',
      choices: [
        { text: 'Pay two of 5', consequences: 'That leaves 5.', lockedReason: null },
        { text: 'Go to shop', consequences: null, lockedReason: 'You have but 5.' },
        { text: 'Go to end', consequences: null, lockedReason: null },
      ],
    });
    const made = await play.choose(0, 'hall', 'cave');
    expect(made.consequences).toBe('That leaves 3.');
    expect(await play.choose(0, 'hall', 'cave')).toEqual(made);
    await play.choose(1, 'cave', 'hall');
    expect((await see(play)).content).toBe('**Ada**, you have 3 coins. You are back.');
    expect(await play.choose(0, 'hall', 'cave')).toEqual(made);
    const locked = await play.player.refusal(play.id, 2, ['hall', 'shop']);
    expect([locked.extensions.code, locked.message]).toEqual(['CHOICE_LOCKED', 'You have but 3.']);
  });

  it('let no value that a reader gave become markup', async () => {
    const play = await Playthrough.begin(talegraph, story);
    const value = '</strong><img src=x onerror=alert(1)> [x](javascript:alert(1))';
    await play.do('setVariables', { input: { step: 0, variables: [{ name: 'hero', value }] } });
    const { contentHtml, content } = await see(play);
    expect(content).toContain('\\<img src\\=x onerror\\=alert\\(1\\)\\>');
    expect(contentHtml).toBe(
      '<p><strong>&lt;/strong&gt;&lt;img src=x onerror=alert(1)&gt; [x](javascript:alert(1))</strong>, you have 5 coins.</p>\n',
    );
  });

  it('are told as to a reader who has just begun, outside of a playthrough', async () => {
    const { story: read } = await talegraph.client.get(
      `query ($id: ID!) { story(id: $id) { startNode { ${NODE} } } }`,
      { id: story.id },
    );
    expect(read.startNode.content).toBe('**Ada**, you have 5 coins.');
    expect(read.startNode.choices[0].text).toBe('Pay two of 5');
  });

  it('are refused when saved with a fault, with all faults and their places', async () => {
    const node = await author.client.fail(ADD_NODE, {
      id: story.id,
      input: {
        title: 'N',
        type: 'STORY',
        content: 'One\n{{ golf }}',
        effects: [{ op: 'ADD', target: 'golf', value: '1' }],
      },
    });
    expect(node.extensions.fields).toEqual([
      expect.objectContaining({ path: 'input.effects.0.target' }),
      {
        path: 'input.content',
        message: 'line 2, column 4: There is no variable golf. Did you mean gold?',
        line: 2,
        column: 4,
      },
    ]);
    const choice = await author.client.fail(ADD_CHOICE, {
      id: story.node('hall'),
      input: {
        text: '{{ gold',
        consequences: '{% fi %}',
        lockedText: '{{ gold | raw }}',
        condition: 'golf',
      },
    });
    expect((choice.extensions.fields as any[]).map(({ path }: any) => path)).toEqual([
      'input.condition',
      'input.text',
      'input.consequences',
      'input.lockedText',
    ]);
  });
});
