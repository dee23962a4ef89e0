import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { Author } from '../support/author.js';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import type { MadeStory, Person } from '../support/factory.js';
import type { GraphqlClient } from '../support/graphql-client.js';
import { keyOf } from '../support/player.js';
import { ServerProcess } from '../support/server-process.js';

const CHOOSE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) {
  progress { step lastUpdated variables { value } currentNode { key } } nextNode { key } isEnding
} }`;
const UNDO = `mutation ($id: ID!, $step: Int!) { undo(progressId: $id, input: { step: $step, choices: 1 }) { step } }`;
const SAVE = `mutation ($id: ID!) { saveGame(input: { progressId: $id, name: "here" }) { id } }`;
const LOAD = `mutation ($id: ID!) { loadGame(id: $id) { step } }`;
const TO_LATEST = `mutation ($id: ID!) { moveToLatest(progressId: $id) { step version { number } } }`;
const SET = `mutation ($id: ID!, $step: Int!) { setVariables(progressId: $id, input: { step: $step, variables: [{ name: "gold", value: 50 }] }) { step } }`;
const DELETE = `mutation ($id: ID!) { deleteProgress(id: $id) }`;

/** A playthrough walks between the hall and the yard; each time in the yard brings a coin. */
const wayAt = (place: number): [string, string] =>
  place % 2 === 0 ? ['hall', 'yard'] : ['yard', 'hall'];

describe('one playthrough on two servers', () => {
  let talegraph: TestApp;
  let servers: [ServerProcess, ServerProcess];
  const folders: string[] = [];
  let person: Person;
  let story: MadeStory;
  let author: Author;
  beforeAll(async () => {
    talegraph = await startApp();
    const start = async () => {
      const folder = newDataDir();
      folders.push(folder);
      const { DATABASE_URL, JWT_SECRET } = process.env as Record<string, string>;
      const env = {
        DATABASE_URL: DATABASE_URL!,
        JWT_SECRET: JWT_SECRET!,
        DATABASE_POOL_SIZE: '10',
      };
      return (await ServerProcess.spawn(folder, env)).ready();
    };
    servers = [await start(), await start()];
    const authorPerson = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(authorPerson, {
      nodes: { hall: ['yard', 'cellar', 'end'], yard: ['hall'], cellar: ['hall'], end: [] },
      published: false,
    });
    author = new Author(talegraph.client, authorPerson, story);
    await author.define({
      variables: [{ name: 'gold', type: 'INT', initial: 0, shown: true, readerWritable: true }],
      allowUndo: true,
    });
    await author.updateNode('yard', { effects: [{ op: 'ADD', target: 'gold', value: '1' }] });
    await author.publish();
  }, 60_000);
  afterAll(async () => {
    for (const server of servers) await server.kill('SIGTERM');
    folders.forEach(removeDataDir);
    await talegraph.close();
  });

  let clients: [GraphqlClient, GraphqlClient];
  let id: string;
  beforeEach(async () => {
    person = await talegraph.factory.newReader();
    clients = [servers[0].client.as(person.token), servers[1].client.as(person.token)];
    const { startStory } = await clients[0].get(
      `mutation ($id: ID!) { startStory(storyId: $id) { id } }`,
      { id: story.id },
    );
    id = startStory.id;
  });

  const input = (step: number, [from, to]: [string, string]) => ({
    input: {
      ...{ progressId: id, step },
      ...{ currentNodeId: story.node(from), choiceId: story.choice(from, to) },
    },
  });
  const choose = async (client: GraphqlClient, step: number, way = wayAt(step)): Promise<any> =>
    (await client.get(CHOOSE, input(step, way))).makeChoice;
  const refusal = async (client: GraphqlClient, step: number, way = wayAt(step)) =>
    (await client.fail(CHOOSE, input(step, way))).extensions;

  const stored = async () => {
    const [row] = await talegraph.database.query(
      'SELECT step, state FROM user_progress WHERE progress_id = $1',
      [keyOf(id)],
    );
    const steps = await talegraph.database.query(
      'SELECT seq, node_id, to_node_id FROM progress_steps WHERE progress_id = $1 ORDER BY seq',
      [keyOf(id)],
    );
    return { ...row, steps } as { step: number; state: any; steps: { seq: number }[] };
  };

  it('may be played on either, choice by choice', async () => {
    for (let step = 0; step < 30; step++) {
      // Twice on one, then twice on the other: each comes back to what it knew three steps ago.
      const made = await choose(clients[step % 4 < 2 ? 0 : 1], step);
      expect(made).toMatchObject({
        progress: { step: step + 1, variables: [{ value: Math.floor(step / 2) + 1 }] },
        nextNode: { key: wayAt(step)[1] },
      });
    }
    const { step, state, steps } = await stored();
    expect(step).toBe(30);
    expect(state).toMatchObject({ turn: 30, variables: { gold: 15 } });
    expect(steps.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, seq) => seq));
  }, 30_000);

  it('takes the same choice once, however it is sent to both at the same time', async () => {
    for (let step = 0; step < 30; step++) {
      const answers = await Promise.all(
        [0, 1, 0, 1].map((server) => choose(clients[server]!, step)),
      );
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(answers[0].progress).toMatchObject({
        step: step + 1,
        variables: [{ value: Math.floor(step / 2) + 1 }],
      });
    }
    expect((await stored()).steps).toHaveLength(30);
  }, 30_000);

  it('takes one of different choices, and tells the other that it was too late', async () => {
    const rooms = ['yard', 'cellar'] as const;
    for (let step = 0; step < 30; step += 2) {
      const answers = await Promise.all(
        rooms.map((room, i) => clients[i]!.send(CHOOSE, input(step, ['hall', room]))),
      );
      const made = answers.flatMap(({ data }) => data?.makeChoice ?? []);
      expect(made).toHaveLength(1);
      const { key } = made[0].nextNode;
      expect(answers.flatMap(({ errors }) => errors).map(({ extensions }) => extensions)).toEqual([
        { code: 'CONFLICT', current: { step: step + 1, currentNodeId: story.node(key) } },
      ]);
      // Back to the hall by the server that was too late.
      await choose(clients[key === 'yard' ? 1 : 0], step + 1, [key, 'hall']);
    }
    expect((await stored()).steps.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 30 }, (_, seq) => seq),
    );
  }, 30_000);

  it('goes on from what was taken back, set or loaded on the other', async () => {
    const [a, b] = clients;
    for (let step = 0; step < 3; step++) await choose(a, step);
    const { saveGame } = await b.get(SAVE, { id });
    await b.get(UNDO, { id, step: 3 });
    // A knows step 3, in the yard; it is step 4 in the hall now.
    expect(await refusal(a, 3, ['yard', 'hall'])).toMatchObject({
      code: 'CONFLICT',
      current: { step: 4, currentNodeId: story.node('hall') },
    });
    expect((await choose(a, 4, ['hall', 'yard'])).progress.variables).toEqual([{ value: 2 }]);
    await b.get(SET, { id, step: 5 });
    expect(await refusal(a, 5, ['yard', 'hall'])).toMatchObject({ code: 'CONFLICT' });
    await choose(a, 6, ['yard', 'hall']);
    expect((await choose(a, 7, ['hall', 'yard'])).progress.variables).toEqual([{ value: 51 }]);
    await b.get(LOAD, { id: saveGame.id });
    await choose(a, 9, ['yard', 'hall']);
    const made = await choose(b, 10, ['hall', 'yard']);
    expect(made.progress).toMatchObject({ step: 11, variables: [{ value: 3 }] });
    expect((await stored()).steps.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 11 }, (_, seq) => seq),
    );
  });

  it('goes on in the version that it was moved to on the other', async () => {
    const [a, b] = clients;
    await choose(a, 0);
    await author.updateNode('hall', { effects: [{ op: 'ADD', target: 'gold', value: '10' }] });
    await author.publish();
    expect((await b.get(TO_LATEST, { id })).moveToLatest.step).toBe(2);
    expect(await refusal(a, 1)).toMatchObject({ code: 'CONFLICT' });
    expect((await choose(a, 2, ['yard', 'hall'])).progress.variables).toEqual([{ value: 11 }]);
    await author.updateNode('hall', { effects: [] });
    await author.publish();
  });

  it('is gone where it was deleted on the other, and nobody else’s', async () => {
    const [a, b] = clients;
    await choose(a, 0);
    const stranger = servers[0].client.as((await talegraph.factory.newReader()).token);
    expect(await refusal(stranger, 1)).toMatchObject({ code: 'NOT_FOUND' });
    await b.get(DELETE, { id });
    expect(await refusal(a, 1)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await stored()).toMatchObject({ step: 1, steps: [{ seq: 0 }] });
  });
});
