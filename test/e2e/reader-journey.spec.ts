import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Seeder } from '../../seeds/seeder.js';
import { startApp, type TestApp } from '../support/app.js';
import { byLetter, playToEnding } from '../support/reader.js';

/** A first visitor, from signing up to the leaderboard, over HTTP alone. */
describe('a reader’s journey', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
    await talegraph.app.get(Seeder).seedStories();
  });
  afterAll(() => talegraph.close());

  it('registers, plays to an ending, comes back to another story, and sees what has been gained', async () => {
    const { client } = talegraph;

    const { register } = await client.get(
      `mutation ($input: RegisterInput!) {
         register(input: $input) { accessToken expiresIn user { id username role email } }
       }`,
      { input: { username: 'mira', email: 'mira@example.org', password: 'a lantern in the fog' } },
    );
    expect(register).toEqual({
      accessToken: expect.any(String),
      expiresIn: 900,
      user: { id: register.user.id, username: 'mira', role: 'USER', email: 'mira@example.org' },
    });
    const reader = client.as(register.accessToken);

    const { stories } = await reader.get(
      `{ stories(orderBy: TITLE) { totalCount nodes { id title author { username } startNode { title } } } }`,
    );
    expect(stories.totalCount).toBe(4);
    expect(stories.nodes.map(({ title }: { title: string }) => title)).toEqual([
      'Signal from Halcyon',
      'The Dark Forest',
      'The Midnight Ferry',
      'The Tide Clock',
    ]);
    const [halcyon, forest] = stories.nodes as { id: string }[];

    // To an ending.
    const first = await playToEnding(reader, forest!.id, byLetter('A'));
    expect(first.isCompleted).toBe(true);
    expect(first.step).toBeGreaterThan(3);

    // Half of another story, and away.
    const { startStory } = await reader.get(
      `mutation ($id: ID!) { startStory(storyId: $id) { id step currentNode { id choices { id } } } }`,
      { id: halcyon!.id },
    );
    const { makeChoice } = await reader.get(
      `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) { nextNode { id title } progress { step } } }`,
      {
        input: {
          progressId: startStory.id,
          currentNodeId: startStory.currentNode.id,
          choiceId: startStory.currentNode.choices[0].id,
          step: 0,
        },
      },
    );
    expect(makeChoice.progress.step).toBe(1);
    expect(await reader.get('mutation { logout }')).toEqual({ logout: true });
    expect((await reader.fail('{ me { id } }')).extensions.code).toBe('UNAUTHENTICATED');

    // Back again: the save is where it was left.
    const { login } = await client.get(
      `mutation { login(input: { identifier: "MIRA@example.org", password: "a lantern in the fog" }) { accessToken user { id } } }`,
    );
    expect(login.user.id).toBe(register.user.id);
    const returned = client.as(login.accessToken);
    const { storyProgress } = await returned.get(
      `query ($id: ID!) { storyProgress(storyId: $id) { id step isCompleted currentNode { id title } } }`,
      { id: halcyon!.id },
    );
    expect(storyProgress).toEqual({
      id: startStory.id,
      step: 1,
      isCompleted: false,
      currentNode: makeChoice.nextNode,
    });
    const second = await playToEnding(returned, halcyon!.id, byLetter('A'));
    expect(second.id).toBe(startStory.id);
    expect(second.isCompleted).toBe(true);

    await talegraph.counted();
    const { userStats, progress, leaderboard } = await returned.get(
      `{
         userStats { storiesStarted storiesCompleted endingsFound totalChoicesMade }
         progress(status: COMPLETED) { totalCount nodes { id story { title } } }
         leaderboard(metric: STORIES_COMPLETED) { nodes { rank value user { username } } }
       }`,
    );
    expect(userStats).toEqual({
      storiesStarted: 2,
      storiesCompleted: 2,
      endingsFound: 2,
      totalChoicesMade: first.step + second.step,
    });
    expect(progress).toEqual({
      totalCount: 2,
      nodes: [
        { id: second.id, story: { title: 'Signal from Halcyon' } },
        { id: first.id, story: { title: 'The Dark Forest' } },
      ],
    });
    expect(leaderboard.nodes).toEqual([{ rank: 1, value: 2, user: { username: 'mira' } }]);
  });
});
