import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphqlClient } from '../support/graphql-client.js';
import { Installation } from '../support/installation.js';

const FEED =
  '{ unreadFeedCount feed { nodes { kind actor { username } story { title } sharedUrl } } }';
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
};

/** An author, a reader who follows them, and a stranger, on the built server. */
describe('the journey of people who follow each other', () => {
  let installation: Installation;
  let anonymous: GraphqlClient;
  beforeAll(async () => {
    installation = await Installation.start();
    anonymous = new GraphqlClient(installation.server.url);
  }, 60_000);
  afterAll(() => installation.stop());

  const join = async (username: string) => {
    const { register } = await anonymous.get(
      `mutation ($input: RegisterInput!) { register(input: $input) { accessToken user { id } } }`,
      { input: { username, email: `${username}@example.org`, password: 'a lantern in the fog' } },
    );
    return { id: register.user.id, client: anonymous.as(register.accessToken) };
  };

  it('is followed, published, finished, shared, visited, hidden and revoked', async () => {
    const author = await join('ada');
    const reader = await join('ben');
    const stranger = await join('eve');
    await reader.client.get(`mutation { followUser(userId: "${author.id}") { id } }`);
    await author.client.get(`mutation { followUser(userId: "${reader.id}") { id } }`);

    const { createStory } = await author.client.get(`mutation { createStory(input: {
      title: "The Lighthouse", description: "A lamp that nobody lit.", category: "mystery", difficultyLevel: EASY
    }) { id slug } }`);
    const add = async (input: string) =>
      (
        await author.client.get(
          `mutation { addNode(storyId: "${createStory.id}", input: ${input}) { id } }`,
        )
      ).addNode.id;
    const start = await add('{ title: "The Stairs", content: "Up?", type: CHOICE }');
    const end = await add('{ title: "The Lamp", content: "Lit.", type: ENDING, endingKind: GOOD }');
    const { addChoice } = await author.client.get(
      `mutation { addChoice(fromNodeId: "${start}", input: { text: "Up", toNodeId: "${end}" }) { id } }`,
    );
    expect((await reader.client.get(FEED)).feed.nodes).toEqual([]);
    await author.client.get(`mutation { publishStory(id: "${createStory.id}") { id } }`);
    const story = { title: 'The Lighthouse' };
    const published = { kind: 'PUBLISHED', actor: { username: 'ada' }, story, sharedUrl: null };
    expect(await reader.client.get(FEED)).toEqual({
      unreadFeedCount: 1,
      feed: { nodes: [published] },
    });
    expect(await stranger.client.get(FEED)).toEqual({ unreadFeedCount: 0, feed: { nodes: [] } });

    const { startStory } = await reader.client.get(
      `mutation { startStory(storyId: "${createStory.id}") { id } }`,
    );
    await reader.client.get(`mutation { makeChoice(input: {
      progressId: "${startStory.id}", currentNodeId: "${start}", choiceId: "${addChoice.id}", step: 0
    }) { isEnding } }`);
    const { shareStory: shared } = await reader.client.get(
      `mutation { shareStory(storyId: "${createStory.id}", endingNodeId: "${end}") { id url } }`,
    );
    await reader.client.get(`mutation { shareToFeed(id: "${shared.id}") { id } }`);
    const page = async () => {
      const url = shared.url.replace(/^https?:\/\/[^/]+/, installation.server.url);
      const answer = await fetch(url, { headers: BROWSER });
      const card = await fetch(`${url}/card.png`);
      return { statuses: [answer.status, card.status], text: await answer.text() };
    };
    const { statuses, text } = await page();
    expect(statuses).toEqual([200, 200]);
    expect(text).toContain('<h1>The Lamp – an ending of The Lighthouse</h1>');

    // The author, who follows the reader, is told; the stranger sees what is for everyone.
    const kinds = async (client: GraphqlClient) =>
      (await client.get(`{ user(id: "${reader.id}") { activities { nodes { kind } } } }`)).user
        .activities.nodes;
    const told = async (): Promise<string[]> => {
      const { feed } = await author.client.get(FEED);
      return feed.nodes.map(({ kind }: { kind: string }) => kind).sort();
    };
    while ((await told()).length < 4) await setTimeout(100);
    expect(await told()).toEqual(['ACHIEVED', 'ACHIEVED', 'FINISHED', 'SHARED']);
    expect(await kinds(stranger.client)).toEqual([]);
    for (const kind of ['FINISHED', 'ACHIEVED'])
      await reader.client.get(
        `mutation { setActivityPrivacy(kind: ${kind}, audience: NOBODY) { kind } }`,
      );
    expect(await told()).toEqual(['SHARED']);

    // A visit outlives a server that stops.
    await installation.server.kill('SIGTERM');
    await installation.next();
    const visits = `SELECT visits FROM shares`;
    expect(await installation.sql.query(visits)).toEqual([{ visits: 1 }]);
  }, 60_000);
});
