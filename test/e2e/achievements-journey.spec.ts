import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { Author } from '../support/author.js';
import type { MadeStory, Person } from '../support/factory.js';
import { play } from '../support/playing.js';

const MINE = `query ($userId: ID, $day: LocalDate) {
  userStats(userId: $userId) {
    xp level currentStreak longestStreak history(from: $day, to: $day) { day choices }
    artifacts { nodes { key name story { title } } }
  }
  achievements(userId: $userId) {
    earned { nodes { achievement { key } story { title } } }
    open { progress threshold achievement { key isSecret } }
  }
}`;
const CHOOSE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) { events { type name points } } }`;
const ACTIVITIES = `query ($id: ID!) { user(id: $id) { username activities { nodes { kind } } } }`;

/** A time zone in which it is noon, so that no midnight falls into the journey. */
const offset = 12 - new Date().getUTCHours();
const ZONE = `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;

/** A reader who comes to endings three times, and what others get to see of that. */
describe('the journey of a reader who earns achievements', () => {
  let talegraph: TestApp;
  let reader: Person;
  let other: Person;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory } = talegraph;
    reader = await factory.newReader('aki');
    other = await factory.newReader('other');
    const author = await factory.newAuthor();
    story = await factory.newStory(author, {
      ...{ title: 'The Cave', published: false },
      nodes: { cave: ['out', 'down'], out: [], down: [] },
    });
    const writer = new Author(talegraph.client, author, story);
    await writer.define({ artifacts: [{ key: 'lamp', name: 'A lamp' }] });
    await writer.updateNode('cave', { effects: [{ op: 'AWARD', target: 'lamp' }] });
    await writer.publish();
  });
  afterAll(() => talegraph.close());

  it('is told of each at once and once, in days of their own, and nobody else is', async () => {
    const own = talegraph.client.as(reader.token);
    await own.get(`mutation { updateProfile(input: { timezone: "${ZONE}" }) { timezone } }`);
    const earn = async (to: string): Promise<string[]> => {
      const progressId = await play(own, story, ['cave']);
      const place = { progressId, step: 0, currentNodeId: story.node('cave') };
      const input = { ...place, choiceId: story.choice('cave', to) };
      const { makeChoice } = await own.get(CHOOSE, { input });
      await talegraph.counted();
      return makeChoice.events
        .filter(({ type }: any) => type === 'ACHIEVEMENT_EARNED')
        .map(({ name }: any) => name)
        .sort();
    };

    expect(await earn('out')).toEqual(['artifacts-1', 'first-choice', 'first-story']);
    expect(await earn('out')).toEqual([]);
    expect(await earn('down')).toEqual(['mastered-1']);

    const today = new Date().toLocaleDateString('sv', { timeZone: ZONE });
    const mine = await own.get(MINE, { day: today });
    expect(mine.userStats).toMatchObject({
      ...{ currentStreak: 1, longestStreak: 1 },
      history: [{ day: today, choices: 3 }],
      artifacts: { nodes: [{ key: 'lamp', name: 'A lamp', story: { title: 'The Cave' } }] },
    });
    const { earned, open } = mine.achievements;
    expect(earned.nodes.map(({ achievement }: any) => achievement.key).sort()).toEqual([
      'artifacts-1',
      'first-choice',
      'first-story',
      'mastered-1',
    ]);
    expect(open).toContainEqual({
      ...{ progress: 1, threshold: 3, achievement: { key: 'streak-3', isSecret: false } },
    });
    expect(open.filter(({ achievement }: any) => achievement.isSecret)).toEqual([]);

    // A day, three choices, two endings, a story; and what the achievements bring.
    const [given] = await talegraph.database.query<{ points: number }[]>(
      'SELECT sum(points)::int AS points FROM user_achievements WHERE user_id = $1',
      [reader.viewer.userId],
    );
    expect(mine.userStats.xp).toBe(10 + 3 + 2 * 25 + 50 + given!.points);
    expect(mine.userStats.level).toBe(
      Math.floor((1 + Math.sqrt(1 + mine.userStats.xp / 12.5)) / 2),
    );

    // Another reader is refused all of it; their own list holds none of it.
    const stranger = talegraph.client.as(other.token);
    const { data, errors } = await stranger.send(MINE, { userId: reader.id });
    expect(data).toBeNull();
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['FORBIDDEN']),
    );
    expect((await talegraph.client.fail('{ userStats { xp } }')).extensions.code).toBe(
      'UNAUTHENTICATED',
    );
    expect(await stranger.get(MINE)).toMatchObject({
      userStats: { xp: 0, level: 1, currentStreak: 0, artifacts: { nodes: [] } },
      achievements: { earned: { nodes: [] } },
    });
    expect(await stranger.get(ACTIVITIES, { id: reader.id })).toEqual({
      user: { username: 'aki', activities: { nodes: [] } },
    });
  });
});
