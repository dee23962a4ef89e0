import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FactCounter } from '../../../src/stats/counting/fact-counter.js';
import { dayBefore, daysFrom } from '../../../src/stats/days.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { keyOf, Player } from '../../support/player.js';
import { playedFacts, type PlayedFact } from '../../support/played-facts.js';
import { play } from '../../support/playing.js';
import { ReckonedPlaces } from '../../support/reckoned-places.js';
import { Reckoning } from '../../support/reckoning.js';

const FIGURES = 'readers starts choices finishes completionRate sessions playSeconds withheld';

const ANALYTICS = `query (
  $id: ID!, $from: LocalDate, $to: LocalDate, $version: ID, $path: [ID!]!, $orderBy: NodeAnalyticsOrder
) {
  storyAnalytics(storyId: $id, from: $from, to: $to, versionId: $version) {
    storyId from to minimumReaders isPartial
    figures { ${FIGURES} returningReaders returnVisits }
    days { day ${FIGURES} }
    versions { version { id } ${FIGURES} returningReaders returnVisits }
    lengths { finishes withheld seconds { p10 p25 p50 p75 p90 } choices { p10 p25 p50 p75 p90 } }
    nodes(first: 100, orderBy: $orderBy) { totalCount nodes {
      nodeId key isEnding arrivals readers choicesMade dropOff dropOffRate withheld
      choices { choiceId made readers share withheld }
    } }
    endings { nodeId finishes readers share withheld }
    funnel(nodeIds: $path) { playthroughs isCutOff stages { nodeId playthroughs readers share withheld } }
  }
}`;

const CSV = `query ($id: ID!, $table: AnalyticsTable!) { storyAnalyticsCsv(storyId: $id, table: $table) { filename mediaType content } }`;

const GRAPH = {
  start: ['left', 'right', 'start'],
  left: ['good', 'mid'],
  mid: ['good', 'bad', 'start'],
  right: ['bad', 'left'],
  lost: ['good'],
  good: [],
  bad: [],
};
type Key = keyof typeof GRAPH;

const TODAY = new Date().toISOString().slice(0, 10);

describe('the analytics of a story', () => {
  let talegraph: TestApp;
  let owner: Person;
  let story: MadeStory;
  let facts: PlayedFact[];
  /** The ids of its two versions. */
  let versions: string[];
  let author: Author;
  beforeAll(async () => {
    talegraph = await startApp();
    owner = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(owner, { nodes: GRAPH, published: false });
    author = new Author(talegraph.client, owner, story);
    await author.define({
      allowUndo: true,
      variables: [{ name: 'luck', type: 'INT', initial: 1, shown: true, readerWritable: true }],
    });
    await author.updateNode('mid', { title: '=1+1' });
    await author.publish();
    const readers = await Promise.all(
      Array.from({ length: 24 }, () => talegraph.factory.newReader()),
    );
    await Promise.all(readers.map((reader, i) => wander(reader, i, 4)));
    await author.updateNode('left', { content: 'Another text.' });
    await author.publish();
    await Promise.all(readers.slice(6, 15).map((reader, i) => wander(reader, 100 + i, 3)));
    await spread();
    await talegraph.app.get(FactCounter).rebuild(() => undefined);
    facts = await playedFacts(talegraph.database, story.storyId);
    versions = [...new Set(facts.map(({ versionId }) => `ver_${versionId}`))].sort();
  }, 120_000);
  afterAll(() => talegraph.close());

  /** Several playthroughs on ways that look random: some go back, some are broken off, some are played offline. */
  async function wander(reader: Person, seed: number, times: number): Promise<void> {
    const player = new Player(talegraph.client, reader, story);
    const random = randomFrom(seed);
    for (let i = 0; i < times; i++) {
      const way: Key[] = ['start'];
      while (GRAPH[way.at(-1)!].length > 0 && way.length < 9 && random() > 0.12) {
        const targets = GRAPH[way.at(-1)!] as readonly Key[];
        way.push(targets[Math.floor(random() * targets.length)]!);
      }
      const moves = way.slice(1).map((to, step) => [way[step]!, to] as const);
      if (random() < 0.15) await player.save(player.path(...moves), true);
      else {
        const { id } = await player.start({ restart: true });
        const goesBack = moves.length > 1 && random() < 0.2;
        await player.chooseAll(id, goesBack ? moves.slice(0, 1) : moves);
        if (!goesBack) continue;
        const undo = `mutation ($id: ID!) { undo(progressId: $id, input: { step: 1 }) { id } }`;
        await player.client.get(undo, { id });
        await player.chooseAll(id, moves, 2);
      }
    }
  }

  /** Spreads what was played over days, and with pauses. */
  const spread = () =>
    talegraph.database.query(`
      WITH moved AS (
        UPDATE user_progress SET start_time = start_time - (2 + progress_id % 7) * interval '1 day'
        RETURNING progress_id
      )
      UPDATE progress_steps
      SET at = at - (2 + moved.progress_id % 7) * interval '1 day'
               + (moved.progress_id % 4) * seq * interval '11 minutes'
      FROM moved WHERE moved.progress_id = progress_steps.progress_id`);

  const PATH: Key[] = ['start', 'left', 'mid', 'good'];
  const ask = async (from: string, to: string, version?: string, orderBy?: string) => {
    const path = PATH.map((key) => story.node(key));
    const variables = { id: story.id, from, to, version, path, orderBy };
    return (await author.client.get(ANALYTICS, variables)).storyAnalytics;
  };

  const reckoned = (from: string, to: string, version?: string) => {
    const versionId = version === undefined ? undefined : keyOf(version);
    const figures = new Reckoning(facts, { from, to, versionId, least: 5 });
    const shown = keyOf(version ?? versions[1]!);
    return { figures, places: new ReckonedPlaces(figures, GRAPH, story, shown) };
  };

  const RANGES = [
    [dayBefore(TODAY, 20), TODAY],
    [dayBefore(TODAY, 6), dayBefore(TODAY, 3)],
    [dayBefore(TODAY, 8), dayBefore(TODAY, 5)],
    [dayBefore(TODAY, 4), dayBefore(TODAY, 4)],
    [dayBefore(TODAY, 400), dayBefore(TODAY, 390)],
  ] as const;

  it('are to the digit what the steps of the playthroughs add up to', async () => {
    expect(facts.length).toBeGreaterThan(300);
    for (const [from, to] of RANGES) {
      for (const version of [undefined, ...versions]) {
        const { figures, places } = reckoned(from, to, version);
        const { nodes, ...told } = await ask(from, to, version);
        expect(told).toEqual({
          ...{ storyId: story.id, from, to, minimumReaders: 5, isPartial: figures.isPartial },
          figures: figures.figures(),
          days: figures.days(),
          versions: figures.versions(),
          lengths: figures.lengths(),
          endings: places.endings(),
          funnel: places.funnel(PATH),
        });
        expect(nodes).toEqual({ totalCount: 7, nodes: places.nodes() });
      }
    }
  });

  it('tell of many, and withhold what few did', async () => {
    const { figures, days, nodes } = await ask(dayBefore(TODAY, 20), TODAY, versions[0]);
    expect(figures.readers).toBe(24);
    expect(days.some(({ starts }: any) => starts > 0)).toBe(true);
    expect(nodes.nodes.filter(({ dropOff }: any) => dropOff > 0).length).toBeGreaterThan(1);
    const oneDay = await ask(dayBefore(TODAY, 4), dayBefore(TODAY, 4));
    expect(oneDay.nodes.nodes.some(({ withheld }: any) => withheld === 'FEW_READERS')).toBe(true);
    expect(nodes.nodes.find(({ key }: any) => key === 'lost')).toMatchObject({
      arrivals: 0,
      readers: 0,
    });
  });

  it('list nodes by where readers went no further', async () => {
    const { nodes } = await ask(dayBefore(TODAY, 20), TODAY, versions[0], 'DROP_OFF');
    const lost = nodes.nodes.map(({ dropOff }: any) => dropOff ?? -1);
    expect(lost).toEqual(lost.toSorted((a: number, b: number) => b - a));
  });

  it('say nothing of a story that a single reader played, though it was played often', async () => {
    const quiet = await talegraph.factory.newStory(owner);
    const reader = talegraph.client.as((await talegraph.factory.newReader()).token);
    for (let i = 0; i < 6; i++) await play(reader, quiet, ['start', 'end']);
    await talegraph.counted();
    const { storyAnalytics } = await author.client.get(
      `query ($id: ID!, $path: [ID!]!) { storyAnalytics(storyId: $id) {
        isPartial figures { readers starts withheld } versions { starts withheld } days { starts withheld }
        nodes { nodes { arrivals withheld choices { made withheld } } } endings { finishes }
        lengths { finishes } funnel(nodeIds: $path) { playthroughs stages { playthroughs } } } }`,
      { id: quiet.id, path: [quiet.node('start')] },
    );
    const { days, ...told } = storyAnalytics;
    const withheld = 'FEW_READERS';
    expect(days).toHaveLength(30);
    expect(days.filter((day: any) => day.withheld !== null)).toEqual([{ starts: null, withheld }]);
    expect(told).toEqual({
      isPartial: true,
      figures: { readers: null, starts: null, withheld },
      versions: [{ starts: null, withheld }],
      nodes: {
        nodes: [
          { arrivals: null, withheld, choices: [{ made: null, withheld }] },
          { arrivals: null, withheld, choices: [] },
        ],
      },
      endings: [{ finishes: null }],
      lengths: { finishes: 0 },
      funnel: { playthroughs: null, stages: [{ playthroughs: null }] },
    });
  });

  it('are shown to those who work on the story alone', async () => {
    const other = await talegraph.factory.newAuthor();
    const guest = await talegraph.factory.newGuest();
    for (const person of [other, guest]) {
      const client = talegraph.client.as(person.token);
      for (const [query, variables] of [
        [ANALYTICS, { id: story.id, path: [] }],
        [CSV, { id: story.id, table: 'DAYS' }],
        ['{ platformAnalytics { starts } }', {}],
      ] as const)
        expect((await client.fail(query, variables)).extensions).toEqual({ code: 'FORBIDDEN' });
    }
    const viewer = await talegraph.factory.newReader();
    await talegraph.factory.share(owner, story, viewer, 'viewer');
    const shared = talegraph.client.as(viewer.token);
    const query = `query ($id: ID!) { storyAnalytics(storyId: $id) { minimumReaders } }`;
    expect((await shared.get(query, { id: story.id })).storyAnalytics.minimumReaders).toBe(5);
  });

  it.each([
    ['to', { from: TODAY, to: dayBefore(TODAY) }],
    ['from', { from: dayBefore(TODAY, 366), to: TODAY }],
    ['versionId', { version: 'ver_999999' }],
    ['nodeIds', { path: [] }],
    ['nodeIds.0', { path: ['nod_999999'] }],
  ])('name the field %s that is wrong', async (path, variables) => {
    const all = { id: story.id, path: [story.node('start')], ...variables };
    const { extensions } = await author.client.fail(ANALYTICS, all);
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
  });

  it('come as CSV, with nothing that a spreadsheet would run', async () => {
    const file = async (table: string) =>
      (await author.client.get(CSV, { id: story.id, table })).storyAnalyticsCsv;
    const nodes = await file('NODES');
    expect(nodes).toMatchObject({
      filename: `${story.slug}-nodes.csv`,
      mediaType: 'text/csv; charset=utf-8',
    });
    const rows = nodes.content.trim().split('\r\n');
    expect(nodes.content.startsWith('\ufeff')).toBe(true);
    expect(rows[0]).toBe(
      'nodeId,key,title,isEnding,arrivals,readers,choicesMade,dropOff,dropOffRate,withheld',
    );
    expect(rows).toHaveLength(8);
    expect(rows[3]).toContain(`${story.node('mid')},mid,'=1+1,false,`);
    const told = await ask(dayBefore(TODAY, 29), TODAY);
    expect((await file('DAYS')).content.trim().split('\r\n').slice(1)).toEqual(
      told.days.map((day: any) =>
        Object.values<string | number | null>(day)
          .map((value) => value ?? '')
          .join(','),
      ),
    );
    const choices = (await file('CHOICES')).content.trim().split('\r\n');
    expect(choices).toHaveLength(1 + 11);
  });

  it('show what can be seen, what random plays see and what readers see side by side', async () => {
    const { storyAnalytics } = await author.client.get(
      `query ($id: ID!) { storyAnalytics(storyId: $id) {
        nodes(first: 100) { nodes { key arrivals } }
        coverage { plays nodeCount { total reachable simulated told } choiceCount { total reachable simulated }
          nodes(first: 100) { nodes { key isReachable simulated arrivals } }
          choices(first: 100) { nodes { choiceId nodeKey isReachable simulated made } } } } }`,
      { id: story.id },
    );
    const { coverage, nodes } = storyAnalytics;
    expect(coverage).toMatchObject({
      plays: 1000,
      nodeCount: { total: 7, reachable: 6, simulated: 6 },
      choiceCount: { total: 11, reachable: 10, simulated: 10 },
    });
    expect(coverage.nodes.nodes.map(({ key, arrivals }: any) => ({ key, arrivals }))).toEqual(
      nodes.nodes,
    );
    const { simulated, isReachable } = coverage.nodes.nodes.find(({ key }: any) => key === 'lost');
    expect({ simulated, isReachable }).toEqual({ simulated: 0, isReachable: false });
    const entered = coverage.nodes.nodes.filter(({ key }: any) => key === 'good' || key === 'bad');
    const simulatedIn = (some: any[]) => some.map((each) => each.simulated as number);
    const sumOf = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);
    expect(sumOf(simulatedIn(entered))).toBe(1000);
    const into = coverage.choices.nodes.filter(({ choiceId }: any) =>
      [story.choice('left', 'good'), story.choice('mid', 'good')].includes(choiceId),
    );
    expect(sumOf(simulatedIn(into))).toBe(entered[0].simulated);
  });

  it('add up for administrators over all stories', async () => {
    const admin = talegraph.client.as((await talegraph.factory.newAdmin()).token);
    const { platformAnalytics } = await admin.get(
      `query ($from: LocalDate!, $to: LocalDate!) { platformAnalytics(from: $from, to: $to) {
        newUsers starts choices finishes storiesPublished activeReaders { day week month }
        days { day newUsers activeReaders starts choices finishes storiesPublished }
        topStories { starts story { id } } } }`,
      { from: dayBefore(TODAY, 29), to: dayBefore(TODAY, 2) },
    );
    const { days, topStories, ...totals } = platformAnalytics;
    const readersOf = (some: readonly PlayedFact[]) =>
      new Set(some.map(({ userId }) => userId)).size;
    const to = dayBefore(TODAY, 2);
    const since = (count: number) =>
      readersOf(facts.filter(({ day }) => day <= to && day > dayBefore(to, count)));
    const within = facts.filter(({ day }) => day <= to);
    const figures = (some: readonly PlayedFact[]) => ({
      starts: some.filter(({ choiceId }) => choiceId === null).length,
      choices: some.filter(({ choiceId }) => choiceId !== null).length,
      finishes: some.filter(({ isEnd }) => isEnd).length,
    });
    expect(totals).toEqual({
      ...{ ...figures(within), newUsers: 0, storiesPublished: 0 },
      activeReaders: { day: since(1), week: since(7), month: since(30) },
    });
    expect(days).toEqual(
      Array.from({ length: daysFrom(dayBefore(TODAY, 29), to) }, (_, i) => {
        const day = dayBefore(TODAY, 29 - i);
        const own = facts.filter((fact) => fact.day === day);
        return {
          day,
          newUsers: 0,
          activeReaders: readersOf(own),
          ...figures(own),
          storiesPublished: 0,
        };
      }),
    );
    expect(topStories).toEqual([{ starts: figures(within).starts, story: { id: story.id } }]);
    const today = await admin.get('{ platformAnalytics { newUsers storiesPublished } }');
    const [{ users }] = await talegraph.database.query(
      `SELECT count(*) AS users FROM users WHERE role <> 'guest'`,
    );
    expect(today.platformAnalytics).toEqual({ newUsers: users, storiesPublished: 2 });
  });
});

/** @returns what looks random, the same for the same seed */
function randomFrom(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}
