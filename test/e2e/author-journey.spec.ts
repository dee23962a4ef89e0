import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import type { GraphqlClient } from '../support/graphql-client.js';
import { byLetter, playToEnding } from '../support/reader.js';

const ADD_NODE = `mutation ($storyId: ID!, $input: AddNodeInput!) {
  addNode(storyId: $storyId, input: $input) { id key isStart revision }
}`;
const ADD_CHOICE = `mutation ($from: ID!, $input: AddChoiceInput!) {
  addChoice(fromNodeId: $from, input: $input) { id letter revision }
}`;
const VALIDATE = `query ($storyId: ID!) {
  validateStory(storyId: $storyId) { isValid errorCount warningCount findings { code severity nodeKey choiceId } }
}`;

/** An author's first story: five nodes with every kind of slip, mended and published; and its first reader. */
describe('an author’s journey', () => {
  let talegraph: TestApp;
  let author: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
    const { register } = await talegraph.client.get(
      `mutation { register(input: { username: "ada", email: "ada@example.org", password: "ink and paper" }) { accessToken } }`,
    );
    author = talegraph.client.as(register.accessToken);
  });
  afterAll(() => talegraph.close());

  it('writes five nodes, is told every fault, mends them, publishes, and is read', async () => {
    const { createStory } = await author.get(
      `mutation { createStory(input: { title: "The Lamp Room", description: "Somebody keeps it lit.", category: "mystery", difficultyLevel: EASY, tags: ["sea"] }) { id slug isPublished } }`,
    );
    expect(createStory).toEqual({ id: createStory.id, slug: 'the-lamp-room', isPublished: false });
    const storyId = createStory.id as string;

    const add = async (key: string, type: string, content: string) => {
      const { addNode } = await author.get(ADD_NODE, {
        storyId,
        input: { key, title: `The ${key}`, content, type },
      });
      return addNode as { id: string; isStart: boolean; revision: number };
    };
    const door = await add('door', 'CHOICE', 'A door, and a draught under it.');
    const stair = await add('stair', 'CHOICE', '');
    const cellar = await add('cellar', 'STORY', 'Down here it drips.');
    const lamp = await add('lamp', 'ENDING', 'The lamp is lit, and you are its keeper.');
    const attic = await add('attic', 'STORY', 'Nobody comes up here.');
    expect([door.isStart, stair.isStart]).toEqual([true, false]);

    const choose = async (from: string, text: string, toNodeId: string | null) => {
      const { addChoice } = await author.get(ADD_CHOICE, { from, input: { text, toNodeId } });
      return addChoice as { id: string; letter: string; revision: number };
    };
    const up = await choose(door.id, 'Climb the stair.', stair.id);
    await choose(door.id, 'Go down to the cellar.', cellar.id);
    await choose(stair.id, 'Turn back.', door.id);
    const open = await choose(stair.id, 'Open the lamp room.', null);
    const after = await choose(lamp.id, 'Read on.', door.id);
    expect([up.letter, open.letter]).toEqual(['A', 'B']);

    const { validateStory } = await author.get(VALIDATE, { storyId });
    expect(validateStory).toEqual({
      isValid: false,
      errorCount: 5,
      warningCount: 4,
      findings: [
        { code: 'NO_WAY_TO_AN_ENDING', severity: 'ERROR', nodeKey: 'door', choiceId: null },
        { code: 'EMPTY_CONTENT', severity: 'WARNING', nodeKey: 'stair', choiceId: null },
        { code: 'MISSING_TARGET', severity: 'ERROR', nodeKey: 'stair', choiceId: open.id },
        { code: 'NO_WAY_TO_AN_ENDING', severity: 'ERROR', nodeKey: 'stair', choiceId: null },
        { code: 'DEAD_END', severity: 'ERROR', nodeKey: 'cellar', choiceId: null },
        { code: 'ENDING_WITH_CHOICES', severity: 'WARNING', nodeKey: 'lamp', choiceId: null },
        { code: 'UNREACHABLE_NODE', severity: 'WARNING', nodeKey: 'lamp', choiceId: null },
        { code: 'DEAD_END', severity: 'ERROR', nodeKey: 'attic', choiceId: null },
        { code: 'UNREACHABLE_NODE', severity: 'WARNING', nodeKey: 'attic', choiceId: null },
      ],
    });
    const refused = await author.fail(`mutation { publishStory(id: "${storyId}") { id } }`);
    expect(refused.extensions.code).toBe('STORY_INVALID');
    expect(refused.extensions.findings).toHaveLength(9);

    // Mend all of it.
    await author.get(
      `mutation ($stair: ID!, $lamp: ID!, $open: ID!, $cellar: ID!, $attic: ID!, $after: ID!, $door: ID!) {
         updateNode(id: $stair, input: { content: "Iron steps, worn hollow.", revision: 1 }) { revision }
         updateChoice(id: $open, input: { toNodeId: $lamp, revision: 1 }) { revision }
         addChoice(fromNodeId: $cellar, input: { text: "Climb out.", toNodeId: $door }) { id }
         deleteNode(id: $attic)
         deleteChoice(id: $after)
       }`,
      {
        stair: stair.id,
        lamp: lamp.id,
        open: open.id,
        cellar: cellar.id,
        attic: attic.id,
        after: after.id,
        door: door.id,
      },
    );
    expect(await author.get(VALIDATE, { storyId })).toEqual({
      validateStory: { isValid: true, errorCount: 0, warningCount: 0, findings: [] },
    });
    const { publishStory } = await author.get(
      `mutation { publishStory(id: "${storyId}", input: { note: "First light" }) { isPublished publishedVersion { number note } } }`,
    );
    expect(publishStory).toEqual({
      isPublished: true,
      publishedVersion: { number: 1, note: 'First light' },
    });

    const { continueAsGuest } = await talegraph.client.get(
      'mutation { continueAsGuest { accessToken } }',
    );
    const guest = talegraph.client.as(continueAsGuest.accessToken);
    const standing = await playToEnding(guest, storyId, byLetter('A'));
    expect(standing.currentNode.key).toBe('lamp');
    expect(standing.step).toBe(6);
  });
});
