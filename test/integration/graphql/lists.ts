import { SessionRepository } from '../../../src/auth/sessions/session.repository.js';
import type { TestApp } from '../../support/app.js';
import type { GraphqlClient, GraphqlError } from '../../support/graphql-client.js';
import { Player, type Move } from '../../support/player.js';

export interface Page {
  readonly totalCount: number;
  readonly nodes: readonly any[];
  readonly edges: readonly { readonly cursor: string; readonly node: any }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** One connection of the API, and the items that it holds in a test. */
export class List {
  readonly #query: string;

  /**
   * @param field how to ask for it: `ARGS` stands for the arguments of the page, `PAGE` for its fields
   * @param path where the connection stands in the answer
   * @param keys of all its items, in order
   */
  constructor(
    readonly name: string,
    private readonly client: GraphqlClient,
    field: string,
    private readonly path: readonly (string | number)[],
    readonly keys: readonly string[],
    itemKey = 'key: id',
  ) {
    const page = `{ totalCount nodes { ${itemKey} } edges { cursor node { ${itemKey} } } pageInfo { hasNextPage endCursor } }`;
    this.#query = `query ($first: Int! = 20, $after: String) { ${field
      .replace('ARGS', 'first: $first, after: $after')
      .replace('PAGE', page)} }`;
  }

  async read(variables: { first?: number; after?: string | null }): Promise<Page> {
    let answer: any = await this.client.get(this.#query, variables);
    for (const step of this.path) answer = answer[step];
    return answer as Page;
  }

  /** The code and the fields of the refusal; undefined when there is none. */
  async refusal(variables: { first?: number; after?: string }): Promise<unknown> {
    const { errors } = await this.client.send(this.#query, variables);
    return errors.map(({ extensions: { code, fields } }: GraphqlError) => ({ code, fields }))[0];
  }
}

const CHAIN = { n0: ['n1'], n1: ['n2'], n2: ['n3'], n3: ['n4'], n4: ['n5'], n5: [] };
const MOVES: readonly Move[] = [
  ['n0', 'n1'],
  ['n1', 'n2'],
  ['n2', 'n3'],
  ['n3', 'n4'],
  ['n4', 'n5'],
];
const FIVE = [0, 1, 2, 3, 4];

/** What {@link newLists} makes. */
export const LIST_NAMES = [
  'stories by RECENT',
  'stories by POPULAR',
  'stories by TOP_RATED',
  'stories by TITLE',
  'draftStories',
  'Story.draft.nodes',
  'Story.draft.choices',
  'sessions',
  'progress',
  'Progress.choicesMade',
  'Story.nodes',
  'leaderboard',
];

/** Every connection of the API, each with five or six items. */
export async function newLists(talegraph: TestApp): Promise<List[]> {
  const { client, factory } = talegraph;
  const story = await factory.newStory(await factory.newAdmin(), { nodes: CHAIN });
  const player = new Player(client, await factory.newReader(), story);
  return [
    ...(await authorsLists(talegraph)),
    ...(await readersLists(talegraph, player)),
    new List(
      'Story.nodes',
      client,
      `story(id: "${story.id}") { nodes(ARGS) PAGE }`,
      ['story', 'nodes'],
      Object.keys(CHAIN).map((key) => story.node(key)),
    ),
    await leaderboard(talegraph, player),
  ];
}

async function authorsLists({ client, factory }: TestApp): Promise<List[]> {
  const author = await factory.newAuthor();
  const asAuthor = client.as(author.token);
  const published: string[] = [];
  for (const i of FIVE)
    published.push((await factory.newStory(author, { title: `Title ${i}` })).id);
  const draft = await factory.newStory(author, { published: false, nodes: CHAIN });
  const drafts = [draft.id];
  for (const _ of FIVE) drafts.unshift((await factory.newStory(author, { published: false })).id);

  const filter = `filter: { authorId: "${author.id}" }`;
  const ordered = (order: string, keys: readonly string[]) =>
    new List(
      `stories by ${order}`,
      client,
      `stories(${filter}, orderBy: ${order}, ARGS) PAGE`,
      ['stories'],
      keys,
    );
  const inDraft = (name: string, keys: readonly string[]) =>
    new List(
      `Story.draft.${name}`,
      asAuthor,
      `story(id: "${draft.id}") { draft { ${name}(ARGS) PAGE } }`,
      ['story', 'draft', name],
      keys,
    );
  return [
    ordered('RECENT', published.toReversed()),
    ordered('POPULAR', published.toReversed()),
    ordered('TOP_RATED', published.toReversed()),
    ordered('TITLE', published),
    new List('draftStories', asAuthor, 'draftStories(ARGS) PAGE', ['draftStories'], drafts),
    inDraft(
      'nodes',
      Object.keys(CHAIN).map((key) => draft.node(key)),
    ),
    inDraft(
      'choices',
      MOVES.map(([from, to]) => draft.choice(from, to)),
    ),
  ];
}

async function readersLists({ app }: TestApp, player: Player): Promise<List[]> {
  const { story } = player;
  const { userId, sessionId } = player.person.viewer;
  const sessions = [`ses_${sessionId}`];
  const device = { userId, userAgent: 'another device', address: '192.0.2.1' };
  const expiresAt = new Date(Date.now() + 3_600_000);
  for (const _ of FIVE) {
    const session = await app.get(SessionRepository).insert({ ...device, expiresAt });
    sessions.unshift(`ses_${session.sessionId}`);
  }
  const plays: string[] = [];
  for (const _ of FIVE) plays.unshift((await player.start({ restart: true })).id);
  await player.chooseAll(plays[0]!, MOVES);
  return [
    new List('sessions', player.client, 'sessions(ARGS) PAGE', ['sessions'], sessions),
    new List('progress', player.client, 'progress(ARGS) PAGE', ['progress'], plays),
    new List(
      'Progress.choicesMade',
      player.client,
      'progress(status: COMPLETED, first: 1) { nodes { choicesMade(ARGS) PAGE } }',
      ['progress', 'nodes', 0, 'choicesMade'],
      MOVES.map(([from, to]) => story.choice(from, to)),
      'key: choiceId',
    ),
  ];
}

/** @param first the reader who has made the most choices already */
async function leaderboard(talegraph: TestApp, first: Player): Promise<List> {
  const { client, factory } = talegraph;
  const story = await factory.newStory(await factory.newAuthor(), { nodes: CHAIN });
  const readers: string[] = [];
  for (const steps of [3, 1, 3, 2, 1]) {
    const player = new Player(client, await factory.newReader(), story);
    await player.save(player.path(...MOVES.slice(0, steps)));
    readers.push(player.person.id);
  }
  await talegraph.counted();
  return new List(
    'leaderboard',
    client,
    'leaderboard(metric: CHOICES_MADE, ARGS) PAGE',
    ['leaderboard'],
    [first.person.id, ...[0, 2, 3, 1, 4].map((i) => readers[i]!)],
    'user { key: id }',
  );
}
