import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphqlClient } from '../support/graphql-client.js';
import { Installation } from '../support/installation.js';

const READERS = 20_000;
const COUNTERS = ['a', 'b', 'c', 'd'];

const LOOK = `query ($id: ID!) {
  storyProof(storyId: $id) { status states error }
  playthroughMoves(storyId: $id) { nodes { status moved error finishedAt } } }`;
const AGAIN = `mutation ($id: ID!) { proveStory(storyId: $id) { id } movePlaythroughs(storyId: $id) { id } }`;
const ADD_CHOICE = `mutation ($from: ID!, $input: AddChoiceInput!) { addChoice(fromNodeId: $from, input: $input) { id } }`;

/** So many playthroughs of the author at the start of the only story. */
const POPULATE = `
  INSERT INTO user_progress (user_id, story_id, version_id, current_node_id, state, seed)
  SELECT author_id, story_id, published_version_id, node_id, jsonb_build_object('node', node_id, 'turn', 0),
    gen_random_uuid()
  FROM stories JOIN story_nodes USING (story_id), generate_series(1, $1::integer) WHERE is_starting_node`;

const isAtWork = ({ proof, move }: any): boolean =>
  [proof, move].some(({ status }) => status === 'QUEUED' || status === 'RUNNING');

describe('a job that is not done after all attempts', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.start();
  }, 60_000);
  afterAll(() => installation.stop());

  /** Published, with readers. Its draft counts to where a proof takes seconds. @returns its id */
  async function readStory(author: GraphqlClient): Promise<string> {
    const { createStory } = await author.get(
      `mutation { createStory(input: { title: "Count", description: "Up.", category: "test", difficultyLevel: EASY }) { id } }`,
    );
    const { id } = createStory;
    const { room, out } = await author.get(
      `mutation ($id: ID!) {
         room: addNode(storyId: $id, input: { title: "Room", content: "Count.", type: CHOICE }) { id }
         out: addNode(storyId: $id, input: { title: "Out", content: "Out.", type: ENDING }) { id }
       }`,
      { id },
    );
    await author.get(ADD_CHOICE, { from: room.id, input: { text: 'Out.', toNodeId: out.id } });
    await author.get(`mutation ($id: ID!) { publishStory(id: $id) { id } }`, { id });
    await installation.sql.query(POPULATE, [READERS]);
    const { story } = await author.get(`query ($id: ID!) { story(id: $id) { revision } }`, { id });
    const variables = COUNTERS.map((name) => ({ name, type: 'INT', initial: 0, min: 0, max: 20 }));
    await author.get(
      `mutation ($id: ID!, $revision: Int!, $input: StorySchemaInput!) {
         defineStory(storyId: $id, revision: $revision, input: $input) { id } }`,
      { id, revision: story.revision, input: { variables } },
    );
    for (const target of COUNTERS) {
      const effects = [{ op: 'ADD', target, value: '1' }];
      const input = { text: 'Count.', toNodeId: room.id, effects, condition: `${target} < 20` };
      await author.get(ADD_CHOICE, { from: room.id, input });
    }
    return id as string;
  }

  it('says so, and can be asked for again', async () => {
    const { register } = await installation.server.client.get(
      `mutation { register(input: { username: "author", email: "author@example.org", password: "ink and paper" }) { accessToken } }`,
    );
    const author = () => installation.server.client.as(register.accessToken);
    const id = await readStory(author());
    const look = async () => {
      const { storyProof, playthroughMoves } = await author().get(LOOK, { id });
      return { proof: storyProof, move: playthroughMoves.nodes[0] };
    };
    await author().get(
      `mutation ($id: ID!) {
         publishStory(id: $id, input: { publishAnyway: true, readers: { move: true } }) { id }
         proveStory(storyId: $id) { id } }`,
      { id },
    );
    for (let at = await look(); at.move.moved === 0 || at.proof.states === 0; at = await look())
      await setTimeout(10);
    // As if three servers had died over it before.
    await installation.sql.query(
      `UPDATE pgboss.job SET retry_count = retry_limit WHERE state = 'active'`,
    );
    await installation.server.kill('SIGKILL');
    const left = await look().catch(() => undefined);
    expect(left).toBeUndefined();
    await installation.next();
    let last = await look();
    expect([last.proof.status, last.move.status]).toEqual(['RUNNING', 'RUNNING']);
    while (isAtWork(last)) {
      await setTimeout(200);
      last = await look();
    }
    expect(last.proof).toMatchObject({
      status: 'FAILED',
      error: 'The proof broke off again and again; ask for it again.',
    });
    expect(last.move).toMatchObject({
      status: 'FAILED',
      error: 'The move broke off again and again; move the rest with movePlaythroughs.',
      finishedAt: expect.any(String),
    });
    expect(last.move.moved).toBeGreaterThan(0);
    expect(last.move.moved).toBeLessThan(READERS);
    const before = last.move.moved;
    await author().get(AGAIN, { id });
    do {
      await setTimeout(200);
      last = await look();
    } while (isAtWork(last));
    // As many states as a proof looks at. Publishing has proved it too, but for seconds only.
    expect(last.proof).toEqual({ status: 'DONE', states: 200_000, error: null });
    expect(last.move).toMatchObject({ status: 'DONE', moved: READERS - before, error: null });
  }, 180_000);
});
