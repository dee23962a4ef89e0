import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const VALIDATE = `query ($storyId: ID!) {
  validateStory(storyId: $storyId) {
    isValid errorCount warningCount
    findings { code severity nodeId nodeKey choiceId message fix }
  }
}`;
const CREATE = `mutation ($input: CreateStoryInput!) { createStory(input: $input) { id } }`;
const ADD_NODE = `mutation ($storyId: ID!, $input: AddNodeInput!) {
  addNode(storyId: $storyId, input: $input) { id }
}`;
const ADD_CHOICE = `mutation ($from: ID!, $input: AddChoiceInput!) {
  addChoice(fromNodeId: $from, input: $input) { id }
}`;
const UPDATE_NODE = `mutation ($id: ID!, $input: UpdateNodeInput!) {
  updateNode(id: $id, input: $input) { id }
}`;
const UPDATE_CHOICE = `mutation ($id: ID!, $input: UpdateChoiceInput!) {
  updateChoice(id: $id, input: $input) { id }
}`;
const DELETE_NODE = `mutation ($id: ID!) { deleteNode(id: $id) }`;
const DELETE_CHOICE = `mutation ($id: ID!) { deleteChoice(id: $id) }`;

const CLEAN = { isValid: true, errorCount: 0, warningCount: 0, findings: [] };

describe('validateStory', () => {
  let talegraph: TestApp;
  let author: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
    author = talegraph.client.as((await talegraph.factory.newAuthor()).token);
  });
  afterAll(() => talegraph.close());

  const newStory = async (): Promise<string> => {
    const input = { title: 'V', description: 'V', category: 'fantasy', difficultyLevel: 'EASY' };
    return (await author.get(CREATE, { input })).createStory.id;
  };
  const addNode = async (storyId: string, key: string, input: object = {}): Promise<string> => {
    const node = { key, title: key, content: 'Text.', type: 'CHOICE', ...input };
    return (await author.get(ADD_NODE, { storyId, input: node })).addNode.id;
  };
  const addChoice = async (from: string, toNodeId?: string): Promise<string> =>
    (await author.get(ADD_CHOICE, { from, input: { text: 'Go', toNodeId } })).addChoice.id;
  const validate = async (storyId: string) =>
    (await author.get(VALIDATE, { storyId })).validateStory;

  it('finds a story without nodes empty, and nothing else', async () => {
    expect(await validate(await newStory())).toEqual({
      isValid: false,
      errorCount: 1,
      warningCount: 0,
      findings: [
        {
          code: 'EMPTY_STORY',
          severity: 'ERROR',
          nodeId: null,
          nodeKey: null,
          choiceId: null,
          message: 'The story has no nodes.',
          fix: 'Add a first node; it becomes the start.',
        },
      ],
    });
  });

  it('finds every fault at once, each in its place, and nothing in the repaired twin', async () => {
    const storyId = await newStory();
    const start = await addNode(storyId, 'start');
    const loop = await addNode(storyId, 'loop');
    const stuck = await addNode(storyId, 'stuck');
    const lost = await addNode(storyId, 'lost');
    const blank = await addNode(storyId, 'blank', { content: ' \n ' });
    const end = await addNode(storyId, 'end', { type: 'ENDING' });
    const gone = await addNode(storyId, 'gone');
    await addChoice(start, loop);
    await addChoice(start, stuck);
    await addChoice(start, blank);
    const open = await addChoice(start);
    const toGone = await addChoice(start, gone);
    const round = await addChoice(loop, loop);
    await addChoice(lost, end);
    await addChoice(blank, end);
    const ofEnd = await addChoice(end, start);
    await author.get(DELETE_NODE, { id: gone });

    const report = await validate(storyId);
    expect(report).toMatchObject({ isValid: false, errorCount: 4, warningCount: 3 });
    expect(report.findings).toEqual([
      {
        code: 'MISSING_TARGET',
        severity: 'ERROR',
        nodeId: start,
        nodeKey: 'start',
        choiceId: open,
        message: 'Choice D of node start leads nowhere.',
        fix: 'Say where it leads: updateChoice with toNodeId; or delete it.',
      },
      {
        code: 'MISSING_TARGET',
        severity: 'ERROR',
        nodeId: start,
        nodeKey: 'start',
        choiceId: toGone,
        message: 'Choice E of node start leads nowhere.',
        fix: 'Say where it leads: updateChoice with toNodeId; or delete it.',
      },
      {
        code: 'NO_WAY_TO_AN_ENDING',
        severity: 'ERROR',
        nodeId: loop,
        nodeKey: 'loop',
        choiceId: null,
        message: 'From node loop no ending can be reached, whatever a reader chooses.',
        fix: 'Add a choice that leads out of the loop, or towards an ending.',
      },
      {
        code: 'DEAD_END',
        severity: 'ERROR',
        nodeId: stuck,
        nodeKey: 'stuck',
        choiceId: null,
        message: 'Node stuck has no choices and is no ending: a reader is stuck there.',
        fix: 'Add a choice, or make it an ENDING.',
      },
      {
        code: 'UNREACHABLE_NODE',
        severity: 'WARNING',
        nodeId: lost,
        nodeKey: 'lost',
        choiceId: null,
        message: 'No path from the start leads to node lost.',
        fix: 'Lead a choice to it, or delete it.',
      },
      {
        code: 'EMPTY_CONTENT',
        severity: 'WARNING',
        nodeId: blank,
        nodeKey: 'blank',
        choiceId: null,
        message: 'Node blank has no text.',
        fix: 'Write its text.',
      },
      {
        code: 'ENDING_WITH_CHOICES',
        severity: 'WARNING',
        nodeId: end,
        nodeKey: 'end',
        choiceId: null,
        message: 'Node end is an ending, so no reader is offered its choices.',
        fix: 'Delete the choices, or make the node no ending.',
      },
    ]);

    await author.get(UPDATE_CHOICE, { id: open, input: { revision: 1, toNodeId: lost } });
    await author.get(DELETE_CHOICE, { id: toGone });
    await author.get(UPDATE_CHOICE, { id: round, input: { revision: 1, toNodeId: end } });
    await author.get(UPDATE_NODE, { id: stuck, input: { revision: 1, type: 'ENDING' } });
    await author.get(UPDATE_NODE, { id: blank, input: { revision: 1, content: 'Words.' } });
    await author.get(DELETE_CHOICE, { id: ofEnd });
    expect(await validate(storyId)).toEqual(CLEAN);
  });

  it('finds the start and the endings missing, and nothing once they are there', async () => {
    const storyId = await newStory();
    const first = await addNode(storyId, 'first');
    const second = await addNode(storyId, 'second');
    const third = await addNode(storyId, 'third');
    await addChoice(first, second);
    await addChoice(second, third);
    await addChoice(third, second);
    await author.get(DELETE_NODE, { id: first });

    const report = await validate(storyId);
    expect(report).toMatchObject({ isValid: false, errorCount: 4, warningCount: 0 });
    expect(report.findings).toMatchObject([
      {
        code: 'NO_START',
        severity: 'ERROR',
        nodeId: null,
        nodeKey: null,
        choiceId: null,
        message: 'No node is marked as the start.',
        fix: 'Mark the node that the story begins with: updateNode with isStart: true.',
      },
      {
        code: 'NO_ENDING',
        severity: 'ERROR',
        nodeId: null,
        nodeKey: null,
        choiceId: null,
        message: 'The story has no ending.',
        fix: 'Make at least one node an ENDING.',
      },
      { code: 'NO_WAY_TO_AN_ENDING', severity: 'ERROR', nodeId: second, nodeKey: 'second' },
      { code: 'NO_WAY_TO_AN_ENDING', severity: 'ERROR', nodeId: third, nodeKey: 'third' },
    ]);

    await author.get(UPDATE_NODE, { id: second, input: { revision: 1, isStart: true } });
    const end = await addNode(storyId, 'end', { type: 'ENDING' });
    await addChoice(third, end);
    expect(await validate(storyId)).toEqual(CLEAN);
  });

  it('looks at the draft, not at what is published', async () => {
    const person = await talegraph.factory.newAuthor();
    const story = await talegraph.factory.newStory(person);
    const client = talegraph.client.as(person.token);
    await client.get(DELETE_NODE, { id: story.node('end') });
    const { validateStory } = await client.get(VALIDATE, { storyId: story.id });
    expect(validateStory.findings.map(({ code }: { code: string }) => code)).toEqual([
      'NO_ENDING',
      'MISSING_TARGET',
    ]);
  });

  it('is for those who may edit the story', async () => {
    const { factory, client } = talegraph;
    const person = await factory.newAuthor();
    const published = await factory.newStory(person);
    const draft = await factory.newStory(person, { published: false });
    const reader = client.as((await factory.newReader()).token);
    const admin = client.as((await factory.newAdmin()).token);
    const code = async (viewer: GraphqlClient, storyId: string) =>
      (await viewer.fail(VALIDATE, { storyId })).extensions;
    expect(await code(reader, published.id)).toEqual({ code: 'FORBIDDEN' });
    expect(await code(reader, draft.id)).toEqual({ code: 'NOT_FOUND' });
    expect(await code(client, published.id)).toEqual({ code: 'UNAUTHENTICATED' });
    expect((await admin.get(VALIDATE, { storyId: draft.id })).validateStory).toEqual(CLEAN);
  });
});
