import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphqlClient } from '../support/graphql-client.js';
import { Installation } from '../support/installation.js';

const READERS = 10_000;

const MOVES = `query ($id: ID!) { playthroughMoves(storyId: $id) { nodes { status moved staying failed } } }`;
const CHOOSE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) { progress { step } } }`;

/** So many playthroughs of one reader at the start of the only story. */
const POPULATE = `
  INSERT INTO user_progress (user_id, story_id, version_id, current_node_id, state, seed)
  SELECT user_id, story_id, published_version_id, node_id,
    jsonb_build_object('node', node_id, 'turn', 0), gen_random_uuid()
  FROM stories JOIN story_nodes USING (story_id), users, generate_series(1, $1::integer)
  WHERE is_starting_node AND username = 'reader'
  RETURNING progress_id`;

describe('the move of many readers', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.start();
  }, 60_000);
  afterAll(() => installation.stop());

  async function newcomer(username: string): Promise<string> {
    const { register } = await installation.server.client.get(
      `mutation ($name: String!, $email: String!) { register(input: { username: $name, email: $email, password: "ink and paper" }) { accessToken } }`,
      { name: username, email: `${username}@example.org` },
    );
    return register.accessToken as string;
  }

  /** A hall that leads to the end. @returns the story, its choice and the revision of its start */
  async function publishedStory(author: GraphqlClient) {
    const { createStory } = await author.get(
      `mutation { createStory(input: { title: "Halls", description: "Many.", category: "test", difficultyLevel: EASY }) { id } }`,
    );
    const { id } = createStory;
    const { hall, end } = await author.get(
      `mutation ($id: ID!) {
         hall: addNode(storyId: $id, input: { title: "Hall", content: "A hall.", type: CHOICE }) { id }
         end: addNode(storyId: $id, input: { title: "End", content: "The end.", type: ENDING }) { id }
       }`,
      { id },
    );
    const add = `mutation ($from: ID!, $to: ID!) { addChoice(fromNodeId: $from, input: { text: "On.", toNodeId: $to }) { id } }`;
    const { addChoice } = await author.get(add, { from: hall.id, to: hall.id });
    await author.get(add, { from: hall.id, to: end.id });
    await author.get(`mutation ($id: ID!) { publishStory(id: $id) { id } }`, { id });
    return { id: id as string, hall: hall.id as string, choice: addChoice.id as string };
  }

  it('is taken up by the next server where the first was killed, loses no choice, and moves each once', async () => {
    const token = await newcomer('author');
    const readerToken = await newcomer('reader');
    const author = () => installation.server.client.as(token);
    const { id, hall, choice } = await publishedStory(author());
    const rows = await installation.sql.query<{ progress_id: number }[]>(POPULATE, [READERS]);
    const revision = await installation.sql.query(
      `SELECT revision FROM story_nodes WHERE is_starting_node`,
    );
    await author().get(
      `mutation ($id: ID!, $revision: Int!) { updateNode(id: $id, input: { revision: $revision, title: "The Hall" }) { id } }`,
      { id: hall, revision: revision[0].revision },
    );
    await author().get(
      `mutation ($id: ID!) { publishStory(id: $id, input: { readers: { move: true } }) { id } }`,
      { id },
    );
    const move = async () => (await author().get(MOVES, { id })).playthroughMoves.nodes[0];
    while ((await move()).moved === 0) await setTimeout(10);

    // The last readers choose while the first are moved; what is acknowledged stands.
    const acknowledged = new Map<number, number>();
    const waits: number[] = [];
    const reader = installation.server.client.as(readerToken);
    for (const { progress_id: key } of rows.slice(-20)) {
      const begun = performance.now();
      const input = { progressId: `prg_${key}`, currentNodeId: hall, choiceId: choice, step: 0 };
      const { data, errors } = await reader.send(CHOOSE, { input });
      waits.push(performance.now() - begun);
      if (errors.length === 0) acknowledged.set(key, data.makeChoice.progress.step);
      else expect(errors.map(({ extensions }) => extensions.code)).toEqual(['CONFLICT']);
    }
    const left = await move();
    await installation.server.kill('SIGKILL');
    expect(left.moved).toBeLessThan(READERS);
    expect(left.status).toBe('RUNNING');
    await installation.next();
    const resumed = performance.now();
    let last = await move();
    while (last.status === 'RUNNING') {
      await setTimeout(50);
      last = await move();
    }
    process.stdout.write(
      `${READERS - left.moved} of ${READERS} playthroughs moved in ${Math.round(performance.now() - resumed)} ms, ` +
        `silent servers included; 20 choices meanwhile took up to ${Math.round(Math.max(...waits))} ms.\n`,
    );
    expect(last).toEqual({ status: 'DONE', moved: READERS, staying: 0, failed: 0 });
    const [counts] = await installation.sql.query(
      `SELECT count(*) FILTER (WHERE number = 2) AS latest,
         count(*) FILTER (WHERE moves = 1 AND step = choices + 1) AS once
       FROM user_progress JOIN story_versions USING (version_id) CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE outcome ? 'moved') AS moves, count(choice_id) AS choices
         FROM progress_steps WHERE progress_steps.progress_id = user_progress.progress_id
       ) AS steps`,
    );
    expect(counts).toEqual({ latest: READERS, once: READERS });
    expect(acknowledged.size).toBeGreaterThan(0);
    for (const [key, step] of acknowledged) {
      const [made] = await installation.sql.query(
        'SELECT choice_id FROM progress_steps WHERE progress_id = $1 AND seq = $2',
        [key, step - 1],
      );
      expect(`cho_${made.choice_id}`).toBe(choice);
    }
  }, 180_000);
});
