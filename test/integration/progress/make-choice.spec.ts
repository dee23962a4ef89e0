import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';

const CHOOSE = `mutation ($input: MakeChoiceInput!) {
  makeChoice(input: $input) {
    consequences isEnding
    events { type text nodeId }
    nextNode { id key }
    progress { id step isCompleted ending lastUpdated currentNode { id } choicesMade { nodes { step nodeId choiceId } } }
  }
}`;
const START = `mutation ($storyId: ID!) { startStory(storyId: $storyId) { id step currentNode { id key } } }`;

describe('makeChoice', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it('moves the playthrough and records the choice', async () => {
    const { factory, client } = talegraph;
    const story = await factory.newStory(await factory.newAuthor(), {
      nodes: { start: ['left', 'right'], left: ['end'], right: ['end'], end: [] },
    });
    const reader = client.as((await factory.newReader()).token);
    const { startStory } = await reader.get(START, { storyId: story.id });
    const { makeChoice } = await reader.get(CHOOSE, {
      input: {
        progressId: startStory.id,
        currentNodeId: story.node('start'),
        choiceId: story.choice('start', 'left'),
        step: 0,
      },
    });
    expect(makeChoice).toEqual({
      consequences: 'You go to left.',
      isEnding: false,
      events: [
        { type: 'CONSEQUENCES', text: 'You go to left.', nodeId: null },
        { type: 'NODE_ENTERED', text: null, nodeId: story.node('left') },
      ],
      nextNode: { id: story.node('left'), key: 'left' },
      progress: {
        id: startStory.id,
        step: 1,
        isCompleted: false,
        ending: null,
        lastUpdated: expect.any(String),
        currentNode: { id: story.node('left') },
        choicesMade: {
          nodes: [
            { step: 0, nodeId: story.node('start'), choiceId: story.choice('start', 'left') },
          ],
        },
      },
    });
  });
});
