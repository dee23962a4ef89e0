/** What is asked of the server in `readers.js`, and by whom. */
import { setTimeout as sleep } from 'node:timers/promises';

const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { accessToken } }`;
const START = `mutation ($id: ID!) { startStory(storyId: $id, input: { restart: true }) { id } }`;
const CHOOSE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) { isEnding } }`;

/** A way of the first story to an ending, by the numbers of its nodes. */
const WAY = [0, 3, 6, 7];

const dayAgo = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Knows the accounts that ask and the first story. */
export class Asker {
  static async open(server, db, { password }) {
    const asker = Object.assign(new Asker(), { server, db, password });
    asker.author = await asker.login('bench');
    const { rows } = await db.query(`
      SELECT 'nod_' || node_id AS id, node_id, 'sty_' || story_id AS story, story_id FROM story_nodes
      WHERE story_id = (SELECT min(story_id) FROM stories) ORDER BY node_id`);
    asker.nodes = rows.map(({ id }) => id);
    asker.story = rows[0].story;
    asker.storyId = rows[0].story_id;
    const { rows: choices } = await db.query(
      `SELECT 'cho_' || choice_id AS id, 'nod_' || from_node_id AS from, 'nod_' || to_node_id AS to
       FROM choices JOIN story_nodes ON node_id = from_node_id WHERE story_id = $1`,
      [asker.storyId],
    );
    asker.choiceOf = (from, to) =>
      choices.find((choice) => choice.from === asker.nodes[from] && choice.to === asker.nodes[to])
        .id;
    return asker;
  }

  /** Signs in an account that SQL has made. @returns its token */
  async login(username) {
    await this.db.query(
      `UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE username = 'bench') WHERE username = $1`,
      [username],
    );
    const input = { identifier: username, password: this.password };
    return (await this.server.ask(LOGIN, { input }, null)).login.accessToken;
  }

  /** The name of the account at a place of the leaderboard by experience, from 0 to 1. */
  async at(part) {
    const { rows } = await this.db.query(
      `WITH board AS (SELECT user_id, xp FROM user_stats WHERE is_ranked AND xp > 0)
       SELECT username, board.user_id::integer, xp FROM board JOIN users USING (user_id)
       ORDER BY xp DESC, user_id OFFSET (SELECT floor($1::float8 * (count(*) - 1)) FROM board) LIMIT 1`,
      [part],
    );
    return rows[0];
  }

  /** Begins the first story and goes on until `left` choices are left to its ending. */
  async walk(token, left) {
    const { startStory } = await this.server.ask(START, { id: this.story }, token);
    const progress = { id: startStory.id, step: 0 };
    while (progress.step < WAY.length - 1 - left) await this.choose(token, progress);
    return progress;
  }

  async choose(token, progress) {
    const [from, to] = WAY.slice(progress.step, progress.step + 2);
    const input = {
      ...{ progressId: progress.id, step: progress.step++ },
      ...{ currentNodeId: this.nodes[from], choiceId: this.choiceOf(from, to) },
    };
    await this.server.ask(CHOOSE, { input }, token);
  }

  /** Until the server has counted what has been played. */
  async counted() {
    for (;;) {
      const { rows } = await this.db.query('SELECT FROM play_facts LIMIT 1');
      if (rows.length === 0) return;
      await sleep(50);
    }
  }
}

const BOARD = `query ($metric: LeaderboardMetric!, $period: LeaderboardPeriod!, $after: String, $friends: Boolean!) {
  leaderboard(metric: $metric, period: $period, first: 20, after: $after, friends: $friends) {
    nodes { rank value user { username } } pageInfo { endCursor } } }`;

const OWN = `query ($metric: LeaderboardMetric!, $period: LeaderboardPeriod!) {
  leaderboard(metric: $metric, period: $period, first: 1) { viewerRank { rank value } } }`;

const ANALYTICS = {
  'figures and days':
    'figures { readers starts finishes returningReaders } days { day readers starts choices finishes }',
  versions: 'versions { version { number } readers starts finishes }',
  lengths: 'lengths { finishes seconds { p50 } choices { p50 } }',
  'nodes, choices and endings':
    'nodes(first: 100) { nodes { key arrivals readers dropOff choices { made readers share } } } endings { key finishes readers share }',
  funnel: 'funnel(nodeIds: $nodes) { playthroughs stages { playthroughs share } }',
};

/** Each with a name and what asks it; `before` readies what is not measured. */
export async function newMeasures(asker) {
  const { server, story } = asker;
  const middle = await asker.at(0.5);
  const tokens = {};
  for (const [name, part] of Object.entries({ top: 0, middle: 0.5, last: 1 }))
    tokens[name] = await asker.login((await asker.at(part)).username);
  const hub = await asker.login('reader_1');
  const reader = await asker.login('reader_10');

  const experience = { metric: 'EXPERIENCE', period: 'ALL_TIME', friends: false };
  const board = (name, more, token) => ({
    name: `leaderboard, ${name}`,
    ask: () => server.ask(BOARD, { ...experience, ...more }, token),
  });
  const deep = Buffer.from(
    JSON.stringify(['leaderboard experience all', middle.xp, middle.user_id]),
  ).toString('base64url');
  const analytics = (name, versionId) => ({
    name: `analytics of 90 days, ${name}`,
    ask: () =>
      server.ask(
        `query ($id: ID!, $from: LocalDate!, $versionId: ID${name.startsWith('funnel') ? ', $nodes: [ID!]!' : ''}) {
          storyAnalytics(storyId: $id, from: $from, versionId: $versionId) { ${ANALYTICS[name]} } }`,
        {
          ...{ id: story, from: dayAgo(89), versionId },
          ...(name.startsWith('funnel') && { nodes: [0, 3, 6, 7].map((i) => asker.nodes[i]) }),
        },
        asker.author,
      ),
  });
  const asks = (name, query, token, variables = {}) => ({
    name,
    ask: () => server.ask(query, variables, token),
  });
  const choice = (name, left) => ({
    name,
    before: async () => {
      const progress = await asker.walk(reader, left);
      await asker.counted();
      return progress;
    },
    ask: (progress) => asker.choose(reader, progress),
  });

  return [
    board('first page', {}),
    board('page from the middle', { after: deep }),
    board('this month', { period: 'MONTH' }),
    board('this week', { period: 'WEEK' }),
    board('play time', { metric: 'PLAY_TIME' }),
    board('among 5,000 friends', { friends: true }, hub),
    ...Object.entries(tokens).map(([name, token]) =>
      asks(`own rank, ${name}`, OWN, token, { metric: 'EXPERIENCE', period: 'ALL_TIME' }),
    ),
    asks('own rank this month', OWN, tokens.top, { metric: 'EXPERIENCE', period: 'MONTH' }),
    ...['FEWEST_STEPS', 'FASTEST'].map((metric) =>
      asks(
        `leaderboard of the story, ${metric}, own rank`,
        `query ($id: ID!) { storyLeaderboard(storyId: $id, metric: ${metric}) {
          nodes { rank value user { username } } viewerRank { rank } } }`,
        tokens.top,
        { id: story },
      ),
    ),
    ...Object.keys(ANALYTICS).map((name) => analytics(name)),
    asks(
      'platform analytics of 90 days',
      `query ($from: LocalDate!) { platformAnalytics(from: $from) {
        newUsers starts choices finishes activeReaders { day week month } days { day activeReaders starts }
        topStories { starts } } }`,
      asker.author,
      { from: dayAgo(89) },
    ),
    asks(
      'feed, first page',
      '{ feed(first: 20) { nodes { actor { username } story { title } } } }',
      hub,
    ),
    asks('feed, unread', '{ unreadFeedCount }', hub),
    asks(
      'profile of who has 100,000 followers',
      '{ user(username: "reader_2") { activities(first: 20) { nodes { story { title } } } } }',
      hub,
    ),
    asks(
      'statistics of a heavy reader',
      `{ userStats { xp level favoriteCategory currentStreak history { day choices }
         stories(first: 20) { nodes { choices } } } }`,
      tokens.top,
    ),
    asks(
      'achievements of a heavy reader',
      '{ achievements { earned { nodes { earnedAt } } open { progress threshold } } }',
      tokens.top,
    ),
    choice('an ordinary choice', 2),
    choice('a choice that comes to an ending', 1),
  ];
}

/** Many come to an ending at once. @returns how long each waited, of all rounds */
export async function endAtOnce(asker, { readers, rounds }) {
  const tokens = [];
  for (let i = 0; i < readers; i++) tokens.push(await asker.login(`reader_${20 + i}`));
  const waits = [];
  for (let round = 0; round < rounds; round++) {
    const ready = await Promise.all(tokens.map((token) => asker.walk(token, 1)));
    await asker.counted();
    await Promise.all(
      ready.map(async (progress, i) => {
        const began = performance.now();
        await asker.choose(tokens[i], progress);
        waits.push(performance.now() - began);
      }),
    );
    await asker.counted();
  }
  return waits;
}
