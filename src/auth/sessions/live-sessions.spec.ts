import { describe, expect, it } from '@jest/globals';
import { Config } from '../../config/config.js';
import { PubSub } from '../../pubsub/pubsub.js';
import { Redis } from '../../redis/redis.js';
import { LiveSessions } from './live-sessions.js';
import type { SessionRepository } from './session.repository.js';

type User = Awaited<ReturnType<SessionRepository['findLiveUser']>>;

/** A repository that answers from `users`, by the id of the session, and counts how often it is asked. */
function sessionsOf(users: Record<number, User>) {
  const asked: number[] = [];
  const repository = {
    findLiveUser: (sessionId: number) => {
      asked.push(sessionId);
      return Promise.resolve(users[sessionId]);
    },
  } as SessionRepository;
  const redis = new Redis(Config.from({}));
  return { asked, live: new LiveSessions(repository, redis, new PubSub(redis)) };
}

describe('the live sessions', () => {
  it('are asked of the database once', async () => {
    const { asked, live } = sessionsOf({ 5: { userId: 7, role: 'user' } });
    const viewer = { userId: 7, role: 'user', sessionId: 5 };
    expect(await live.find(5)).toEqual(viewer);
    expect(await live.find(5)).toEqual(viewer);
    expect(asked).toEqual([5]);
  });

  it('are asked again after one that was not found', async () => {
    const { asked, live } = sessionsOf({});
    expect(await live.find(5)).toBeUndefined();
    expect(await live.find(5)).toBeUndefined();
    expect(asked).toEqual([5, 5]);
  });

  it('forget all sessions of a user, and those of no other', async () => {
    const { asked, live } = sessionsOf({
      5: { userId: 7, role: 'user' },
      6: { userId: 7, role: 'user' },
      8: { userId: 9, role: 'user' },
    });
    for (const sessionId of [5, 6, 8]) await live.find(sessionId);
    await live.forget(7);
    for (const sessionId of [5, 6, 8]) await live.find(sessionId);
    expect(asked).toEqual([5, 6, 8, 5, 6]);
  });

  it('are forgotten before anybody is told elsewhere', async () => {
    const { asked, live } = sessionsOf({ 5: { userId: 7, role: 'user' } });
    await live.find(5);
    const telling = live.forget(7);
    expect(live.remembered(5)).toBeUndefined();
    await telling;
    expect(asked).toEqual([5]);
  });

  it('do not remember what was read before the session ended', async () => {
    const users: Record<number, User> = { 5: { userId: 7, role: 'user' } };
    const { live } = sessionsOf(users);
    const reading = live.find(5);
    delete users[5];
    await live.forget(7);
    await reading;
    expect(await live.find(5)).toBeUndefined();
  });
});
