import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlError } from '../../support/graphql-client.js';
import { Playthrough } from '../../support/playthrough.js';

const DEBUG = `query ($id: ID!, $input: DebugInput!) { debugStory(storyId: $id, input: $input) {
  state nodeKey isEnding values { name value } events { type name value dice total success text }
  choices { choiceId letter isOpen closedBecause isShown condition conditionValue reads { name value } odds attemptsLeft }
} }`;
const SIMULATE = `query ($id: ID!, $plays: Int, $seed: String, $strategy: SimulationStrategy) {
  simulateStory(storyId: $id, plays: $plays, seed: $seed, strategy: $strategy) {
    strategy plays steps ended stuck stuckPath cutOff nodeCoverage choiceCoverage
    endings { nodeId plays share } lengths { p5 p25 p50 p75 p95 max } leastVisited { nodeId hits }
    nodes { nodeId hits } choices { choiceId hits share } } }`;
const PATHS = `query ($id: ID!, $nodeId: ID) { storyPaths(storyId: $id, nodeId: $nodeId) {
  endings { nodeId distance } shortest { nodeId choiceId byFailing } unavoidable } }`;

describe('the studio', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let author: Author;
  beforeAll(async () => {
    talegraph = await startApp();
    const person = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(person, {
      nodes: {
        hall: ['cellar', 'vault', 'roof', 'riddle'],
        cellar: ['hall'],
        vault: [],
        roof: [],
        riddle: ['hall'],
        fall: [],
      },
      published: false,
    });
    author = new Author(talegraph.client, person, story);
    await author.define({
      variables: [{ name: 'gold', type: 'INT', initial: 1, max: 9 }],
      items: [{ key: 'lamp', name: 'Lamp' }],
      stats: [{ key: 'agility', name: 'Agility', initial: 2 }],
      protagonists: [
        { key: 'thief', name: 'Thief' },
        { key: 'cat', name: 'Cat', stats: [{ name: 'agility', value: 30 }] },
      ],
    });
    await author.updateNode('cellar', {
      effects: [
        { op: 'GIVE', target: 'lamp' },
        { op: 'ADD', target: 'gold', value: '2' },
      ],
    });
    await author.updateChoice('hall', 'vault', { condition: '"lamp" in inventory && gold > 4' });
    await author.updateChoice('hall', 'roof', {
      check: 'd6 + stats.agility >= 5',
      failToNodeId: story.node('fall'),
      afterSeconds: 10,
    });
    await author.updateChoice('hall', 'riddle', {
      puzzle: { kind: 'TEXT', answers: ['Moon'], attempts: 1 },
    });
    await author.publish();
  });
  afterAll(() => talegraph.close());

  describe('debugs a draft', () => {
    const debug = async (input: object): Promise<any> =>
      (await author.client.get(DEBUG, { id: story.id, input })).debugStory;
    const refusal = (input: object): Promise<GraphqlError> =>
      author.client.fail(DEBUG, { id: story.id, input });
    const choice = (from: string, to: string, how: object = {}) => ({
      choice: { choiceId: story.choice(from, to), ...how },
    });
    const valueOf = ({ values }: any, of: string) =>
      values.find(({ name }: any) => name === of)?.value;

    it('from its start, and tells why each choice is open or closed', async () => {
      const view = await debug({});
      expect(view).toMatchObject({ nodeKey: 'hall', isEnding: false });
      expect(view.choices).toEqual([
        expect.objectContaining({ letter: 'A', isOpen: true, condition: null, reads: [] }),
        expect.objectContaining({
          isOpen: false,
          closedBecause: 'CONDITION',
          isShown: false,
          condition: '"lamp" in inventory && gold > 4',
          conditionValue: false,
          reads: [
            { name: 'inventory.lamp', value: 0 },
            { name: 'gold', value: 1 },
          ],
        }),
        expect.objectContaining({
          odds: 0.666666667,
          reads: [{ name: 'stats.agility', value: 2 }],
        }),
        expect.objectContaining({ attemptsLeft: 1 }),
      ]);
    });

    it('from any node, as anybody, with anything set', async () => {
      const view = await debug({
        nodeId: story.node('cellar'),
        protagonist: 'cat',
        set: [
          { name: 'inventory.lamp', value: 3 },
          { name: 'gold', value: 9 },
        ],
      });
      expect(view.nodeKey).toBe('cellar');
      expect(
        ['gold', 'inventory.lamp', 'stats.agility', 'protagonist'].map((n) => valueOf(view, n)),
      ).toEqual([9, 3, 30, 'cat']);
      const hall = await debug({ state: view.state, ...choice('cellar', 'hall') });
      expect(hall.choices[1]).toMatchObject({ isOpen: true, conditionValue: true });
    });

    it('forwards, and backwards to any earlier state', async () => {
      const hall = await debug({});
      const cellar = await debug({ state: hall.state, ...choice('hall', 'cellar') });
      expect(cellar.events).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ type: 'CHANGED', name: 'gold', value: 3 }),
        ]),
      );
      const back = await debug({ state: hall.state });
      expect([back.nodeKey, valueOf(back, 'gold')]).toEqual(['hall', 1]);
    });

    it('with dice, answers and time as the author wants them', async () => {
      const { state } = await debug({});
      const roll = (dice: number) => debug({ state, ...choice('hall', 'roof', { dice }) });
      const rolls = await Promise.all([roll(2), roll(3)]);
      expect(rolls.map(({ nodeKey }) => nodeKey)).toEqual(['fall', 'roof']);
      expect(rolls[1].events[0]).toMatchObject({ type: 'DICE_ROLLED', dice: [3], total: 5 });
      const wrong = await debug({ state, ...choice('hall', 'riddle', { answer: 'Sun' }) });
      expect(wrong.choices[3]).toMatchObject({ isOpen: false, closedBecause: 'ATTEMPTS' });
      const late = await debug({ state, ...choice('hall', 'cellar', { isLate: true, dice: 6 }) });
      expect(late.events.slice(0, 2)).toMatchObject([
        { type: 'TIME_EXPIRED' },
        { type: 'DICE_ROLLED', dice: [6] },
      ]);
    });

    it('and refuses dice that cannot fall, or that nothing rolls', async () => {
      const { state } = await debug({});
      const diceOf = async (to: string, how: object) =>
        (await refusal({ state, ...choice('hall', to, how) })).extensions.fields;
      for (const dice of [0, 7]) {
        expect(await diceOf('roof', { dice })).toEqual([
          { path: 'input.choice.dice', message: 'must lie from 1 to 6' },
        ]);
      }
      expect(await diceOf('cellar', { dice: 3 })).toEqual([
        { path: 'input.choice.dice', message: expect.stringMatching(/rolls no dice/) },
      ]);
    });

    it('and refuses to begin twice, or as nobody', async () => {
      const { state } = await debug({});
      const fieldsOf = async (input: object) => (await refusal(input)).extensions.fields;
      expect(await fieldsOf({ state, nodeId: story.node('roof'), protagonist: 'cat' })).toEqual([
        { path: 'input.nodeId', message: 'leave it out: the state tells it' },
        { path: 'input.protagonist', message: 'leave it out: the state tells it' },
      ]);
      expect(await fieldsOf({ nodeId: '' })).toMatchObject([{ path: 'input.nodeId' }]);
      expect(await fieldsOf({ protagonist: '' })).toMatchObject([{ path: 'input.protagonist' }]);
      expect(await fieldsOf({ set: [{ name: 'protagonist', value: 'dog' }] })).toEqual([
        { path: 'input.set.0.value', message: 'there is no protagonist dog' },
      ]);
    });

    it('as the draft is now: what has changed since is refused by name, or holds', async () => {
      const person = await talegraph.factory.newAuthor();
      const made = await talegraph.factory.newStory(person, {
        nodes: { gate: ['yard'], yard: [] },
        published: false,
      });
      const writer = new Author(talegraph.client, person, made);
      const ask = async (input: object): Promise<any> =>
        (await writer.client.get(DEBUG, { id: made.id, input })).debugStory;
      await writer.define({ variables: [{ name: 'coins', type: 'INT', initial: 1 }] });
      const { state } = await ask({});
      await writer.updateChoice('gate', 'yard', { afterSeconds: 10 });
      const late = { choiceId: made.choice('gate', 'yard'), isLate: true };
      expect((await ask({ state, choice: late })).events[0].type).toBe('TIME_EXPIRED');
      await writer.define({ variables: [{ name: 'silver', type: 'INT', initial: 1 }] });
      const { extensions } = await writer.client.fail(DEBUG, { id: made.id, input: { state } });
      expect(extensions.fields).toEqual([
        { path: 'input.state', message: 'There is no variable coins.' },
      ]);
    });

    it('and refuses what cannot be, by name', async () => {
      const { state } = await debug({});
      const fieldsOf = async (input: object) => (await refusal(input)).extensions.fields;
      expect(
        await fieldsOf({
          set: [
            { name: 'golf', value: 1 },
            { name: 'gold', value: 10 },
            { name: 'gold', value: 'x' },
          ],
        }),
      ).toEqual([
        { path: 'input.set.0.name', message: 'there is nothing called golf. Did you mean gold?' },
        { path: 'input.set.1.value', message: expect.stringMatching(/^must lie from .* to 9$/) },
        { path: 'input.set.2.value', message: 'must be a whole number' },
      ]);
      expect(await fieldsOf({ state, ...choice('hall', 'vault') })).toEqual([
        { path: 'input.choice.choiceId', message: 'is closed: its condition is false' },
      ]);
      expect(await fieldsOf({ state, ...choice('hall', 'riddle') })).toMatchObject([
        { path: 'input.choice.answer' },
      ]);
      expect(await fieldsOf({ state, ...choice('cellar', 'hall') })).toMatchObject([
        { path: 'input.choice.choiceId' },
      ]);
      expect(await fieldsOf({ state: { ...state, variables: { gold: 99 }, mood: 1 } })).toEqual([
        { path: 'input.state', message: 'variable gold cannot be 99.' },
        { path: 'input.state', message: 'There is no field mood.' },
      ]);
      for (const broken of [[], 'x', 5, { node: 'x' }, { __proto__: null, node: 1, turn: -1 }]) {
        expect(await fieldsOf({ state: broken })).toEqual(
          expect.arrayContaining([expect.objectContaining({ path: 'input.state' })]),
        );
      }
      expect(await fieldsOf({ protagonist: 'dog' })).toMatchObject([{ path: 'input.protagonist' }]);
    });
  });

  describe('simulates a draft', () => {
    const simulate = async (variables: object = {}): Promise<any> =>
      (await author.client.get(SIMULATE, { id: story.id, ...variables })).simulateStory;

    it('and tells coverage, endings, lengths and frequencies, the same for the same seed', async () => {
      const result = await simulate({ plays: 500, seed: 'x' });
      expect(result).toMatchObject({ strategy: 'UNIFORM', plays: 500, stuck: 0, stuckPath: null });
      expect((result.ended as number) + (result.cutOff as number)).toBe(500);
      const shares = result.endings.map(({ share }: any) => share as number);
      expect(shares.reduce((sum: number, share: number) => sum + share, 0)).toBeCloseTo(
        result.ended / 500,
      );
      expect(result.nodeCoverage).toBe(1);
      expect(result.lengths.p5).toBeLessThanOrEqual(result.lengths.p95);
      expect(await simulate({ plays: 500, seed: 'x' })).toEqual(result);
      expect(await simulate({ plays: 500, seed: 'y' })).not.toEqual(result);
    });

    it('as its readers chose, and evenly while there are none', async () => {
      expect((await simulate({ strategy: 'READERS' })).strategy).toBe('UNIFORM');
      const play = await Playthrough.begin(talegraph, story, 'cat');
      for (let step = 0; step < 40; step += 2) {
        await play.choose(step, 'hall', 'cellar');
        await play.choose(step + 1, 'cellar', 'hall');
      }
      const [even, asReaders] = [await simulate(), await simulate({ strategy: 'READERS' })];
      expect(asReaders.strategy).toBe('READERS');
      const shareOf = ({ choices }: any): number =>
        choices.find(({ choiceId }: any) => choiceId === story.choice('hall', 'cellar')).share;
      expect(shareOf(asReaders)).toBeGreaterThan(shareOf(even) + 0.2);
    });

    it('evenly where the draft has none of the choices that readers made', async () => {
      const person = await talegraph.factory.newAuthor();
      const made = await talegraph.factory.newStory(person, {
        nodes: { gate: ['yard'], yard: [] },
      });
      const writer = new Author(talegraph.client, person, made);
      const play = await Playthrough.begin(talegraph, made);
      await play.choose(0, 'gate', 'yard');
      const strategyNow = async () =>
        (await writer.client.get(SIMULATE, { id: made.id, strategy: 'READERS' })).simulateStory
          .strategy;
      expect(await strategyNow()).toBe('READERS');
      await writer.deleteChoice('gate', 'yard');
      await writer.addChoice('gate', { text: 'Go in.', toNodeId: made.node('yard') });
      expect(await strategyNow()).toBe('UNIFORM');
    });

    it('one at a time, and tells when too many wait', async () => {
      const variables = { id: story.id, plays: 100_000 };
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => author.client.send(SIMULATE, variables)),
      );
      const refused = answers.flatMap(({ errors }: any) => errors ?? []);
      expect(refused).toHaveLength(2);
      expect(refused[0].extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 10 });
    });

    it('without holding up others', async () => {
      const running = simulate({ plays: 100_000 });
      let longest = 0;
      const progress = { isDone: false };
      void running.finally(() => (progress.isDone = true));
      while (!progress.isDone) {
        const since = performance.now();
        await author.client.get('{ me { id } }');
        longest = Math.max(longest, performance.now() - since);
      }
      expect((await running).plays).toBe(100_000);
      expect(longest).toBeLessThan(1000);
    });

    it('once in an operation', async () => {
      const twice = `query ($id: ID!) {
        one: simulateStory(storyId: $id, plays: 1) { plays } other: simulateStory(storyId: $id, plays: 1) { plays } }`;
      const { extensions } = await author.client.fail(twice, { id: story.id });
      expect(extensions.code).toBe('QUERY_TOO_COMPLEX');
    });

    it('unless it has no start, or too much is asked', async () => {
      const person = await talegraph.factory.newAuthor();
      const empty = await talegraph.factory.newStory(person, { nodes: {}, published: false });
      const { extensions } = await talegraph.client
        .as(person.token)
        .fail(SIMULATE, { id: empty.id });
      expect(extensions.fields).toMatchObject([{ path: 'storyId' }]);
      const { extensions: tooMany } = await author.client.fail(SIMULATE, {
        id: story.id,
        plays: 100_001,
      });
      expect(tooMany.fields).toEqual([{ path: 'plays', message: 'must be at most 100,000' }]);
    });
  });

  it('tells paths: how far endings are, the shortest way, and what nobody can avoid', async () => {
    const paths = async (key?: string) =>
      (await author.client.get(PATHS, { id: story.id, nodeId: key && story.node(key) })).storyPaths;
    expect(await paths()).toMatchObject({ shortest: null, unavoidable: [] });
    expect((await paths()).endings.map(({ distance }: any) => distance)).toEqual([1, 1, 1]);
    expect(await paths('fall')).toMatchObject({
      shortest: [
        { nodeId: story.node('hall'), choiceId: story.choice('hall', 'roof'), byFailing: true },
      ],
      unavoidable: [story.node('hall'), story.node('fall')],
    });
    const other = await talegraph.factory.newStory(await talegraph.factory.newAuthor());
    const { extensions } = await author.client.fail(PATHS, {
      id: story.id,
      nodeId: other.node('end'),
    });
    expect(extensions.fields).toEqual([
      { path: 'nodeId', message: 'must be a node of this story' },
    ]);
  });

  it('writes nothing', async () => {
    const before = await fingerprint(talegraph.database);
    const { id } = story;
    await author.client.get(DEBUG, {
      id,
      input: { choice: { choiceId: story.choice('hall', 'cellar') } },
    });
    await author.client.get(SIMULATE, { id });
    await author.client.get(PATHS, { id });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });
});
