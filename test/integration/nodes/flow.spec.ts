import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const FLOW = `query ($storyId: ID!, $format: FlowFormat) {
  storyFlow(storyId: $storyId, format: $format) { format content nodeCount choiceCount }
}`;
const CREATE = `mutation ($input: CreateStoryInput!) { createStory(input: $input) { id } }`;
const ADD_NODE = `mutation ($storyId: ID!, $input: AddNodeInput!) {
  addNode(storyId: $storyId, input: $input) { id }
}`;
const ADD_CHOICE = `mutation ($from: ID!, $input: AddChoiceInput!) {
  addChoice(fromNodeId: $from, input: $input) { id }
}`;

describe('storyFlow', () => {
  let talegraph: TestApp;
  let author: GraphqlClient;
  let storyId: string;
  /** A fork, a tale, an end, and a node that was deleted after a choice had been led to it. */
  let fork: string;
  let tale: string;
  let end: string;
  beforeAll(async () => {
    talegraph = await startApp();
    author = talegraph.client.as((await talegraph.factory.newAuthor()).token);
    const input = { title: 'F', description: 'F', category: 'fantasy', difficultyLevel: 'EASY' };
    storyId = (await author.get(CREATE, { input })).createStory.id;
    const addNode = async (title: string, type: string): Promise<string> =>
      (await author.get(ADD_NODE, { storyId, input: { title, content: 'Hidden', type } })).addNode
        .id;
    const addChoice = (from: string, text: string, toNodeId?: string) =>
      author.get(ADD_CHOICE, { from, input: { text, toNodeId, consequences: 'Hidden' } });
    fork = await addNode('The "dark" <wood>\nof #1 & more', 'CHOICE');
    tale = await addNode('C:\\dir "x\\"', 'STORY');
    end = await addNode('Fin', 'ENDING');
    const gone = await addNode('Gone', 'CHOICE');
    await addChoice(fork, 'Say "yes" \\ <no>\nor |maybe|', tale);
    await addChoice(fork, 'Not written yet');
    await addChoice(fork, 'Round again', fork);
    await addChoice(tale, 'On; to the #end', end);
    await addChoice(tale, 'Into the void', gone);
    await author.get('mutation ($id: ID!) { deleteNode(id: $id) }', { id: gone });
  });
  afterAll(() => talegraph.close());

  const flow = async (format?: string) => {
    const { storyFlow } = await author.get(FLOW, { storyId, format });
    expect(storyFlow).toMatchObject({ format: format ?? 'JSON', nodeCount: 3, choiceCount: 5 });
    return storyFlow.content as string;
  };

  it('is JSON unless another format is asked for', async () => {
    expect(await flow()).toBe(await flow('JSON'));
  });

  it('as JSON holds every node, and every choice with where it leads', async () => {
    expect(JSON.parse(await flow('JSON'))).toEqual({
      nodes: [
        {
          id: fork,
          key: '1',
          title: 'The "dark" <wood>\nof #1 & more',
          type: 'choice',
          isStart: true,
        },
        { id: tale, key: '2', title: 'C:\\dir "x\\"', type: 'story', isStart: false },
        { id: end, key: '3', title: 'Fin', type: 'ending', isStart: false },
      ],
      choices: [
        { from: fork, to: tale, letter: 'A', text: 'Say "yes" \\ <no>\nor |maybe|' },
        { from: fork, to: null, letter: 'B', text: 'Not written yet' },
        { from: fork, to: fork, letter: 'C', text: 'Round again' },
        { from: tale, to: end, letter: 'A', text: 'On; to the #end' },
        { from: tale, to: null, letter: 'B', text: 'Into the void' },
      ],
    });
  });

  it('as Mermaid escapes what Mermaid would read as its own, and draws open choices', async () => {
    expect(await flow('MERMAID')).toBe(
      [
        'flowchart TD',
        `  ${fork}(["1: The #34;dark#34; #60;wood#62; of #35;1 #38; more"])`,
        `  ${tale}["2: C:\\dir #34;x\\#34;"]`,
        `  ${end}[["3: Fin"]]`,
        `  ${fork} -->|"A: Say #34;yes#34; \\ #60;no#62; or |maybe|"| ${tale}`,
        `  ${fork} -->|"B: Not written yet"| open1["?"]`,
        `  ${fork} -->|"C: Round again"| ${fork}`,
        `  ${tale} -->|"A: On; to the #35;end"| ${end}`,
        `  ${tale} -->|"B: Into the void"| open4["?"]`,
        '',
      ].join('\n'),
    );
  });

  it('as DOT escapes quotes and backslashes, and draws open choices', async () => {
    expect(await flow('DOT')).toBe(
      [
        'digraph story {',
        `  ${fork} [label="1: The \\"dark\\" <wood> of #1 & more", shape=oval];`,
        `  ${tale} [label="2: C:\\\\dir \\"x\\\\\\"", shape=box];`,
        `  ${end} [label="3: Fin", shape=doubleoctagon];`,
        `  open1 [label="?", shape=plaintext];`,
        `  open4 [label="?", shape=plaintext];`,
        `  ${fork} -> ${tale} [label="A: Say \\"yes\\" \\\\ <no> or |maybe|"];`,
        `  ${fork} -> open1 [label="B: Not written yet"];`,
        `  ${fork} -> ${fork} [label="C: Round again"];`,
        `  ${tale} -> ${end} [label="A: On; to the #end"];`,
        `  ${tale} -> open4 [label="B: Into the void"];`,
        '}',
        '',
      ].join('\n'),
    );
  });

  it('draws an empty draft', async () => {
    const person = await talegraph.factory.newAuthor();
    const { id } = await talegraph.factory.newStory(person, { nodes: {}, published: false });
    const drawn = async (format: string) =>
      (await talegraph.client.as(person.token).get(FLOW, { storyId: id, format })).storyFlow;
    expect(await drawn('MERMAID')).toEqual({
      format: 'MERMAID',
      content: 'flowchart TD\n',
      nodeCount: 0,
      choiceCount: 0,
    });
    expect((await drawn('DOT')).content).toBe('digraph story {\n}\n');
    expect(JSON.parse((await drawn('JSON')).content)).toEqual({ nodes: [], choices: [] });
  });

  it('is for those who may edit the story', async () => {
    const { factory, client } = talegraph;
    const published = await factory.newStory(await factory.newAuthor());
    const reader = client.as((await factory.newReader()).token);
    const guest = client.as((await factory.newGuest()).token);
    const admin = client.as((await factory.newAdmin()).token);
    const before = await fingerprint(talegraph.database);
    const answers: [GraphqlClient, string, string][] = [
      [client, storyId, 'UNAUTHENTICATED'],
      [guest, storyId, 'FORBIDDEN'],
      [reader, storyId, 'NOT_FOUND'],
      [reader, published.id, 'FORBIDDEN'],
      [author, published.id, 'FORBIDDEN'],
      [author, 'sty_999999', 'NOT_FOUND'],
    ];
    for (const [viewer, id, code] of answers) {
      const { status, data, errors } = await viewer.send(FLOW, { storyId: id });
      expect({ status, data }).toEqual({ status: 200, data: null });
      expect(errors.map(({ extensions }) => extensions)).toEqual([{ code }]);
    }
    expect((await admin.get(FLOW, { storyId })).storyFlow.nodeCount).toBe(3);
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });
});
