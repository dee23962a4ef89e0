import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Lanes } from './lanes.js';

/** A loader that gives each key back, up to three together, when it is told to; and what it was asked. */
function newLoader(lanes: Lanes) {
  const sent: { keys: readonly number[]; end: (error?: Error) => void }[] = [];
  const loader = lanes.loader<number, number>(
    3,
    (keys) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error) => {
          if (error) reject(error);
          else resolve([...keys]);
        };
        sent.push({ keys, end });
      }),
  );
  const sentSoFar = async () => {
    await setImmediate();
    return sent.map(({ keys }) => keys);
  };
  return { loader, sent, sentSoFar };
}

const failure = (code: string) => Object.assign(new Error('It failed.'), { code });

describe('Lanes', () => {
  it('send at once what comes alone, and together what comes while all are taken', async () => {
    const { loader, sent, sentSoFar } = newLoader(new Lanes(2));
    const answers: Promise<number>[] = [];
    for (const key of [1, 2]) {
      answers.push(loader.load(key));
      expect(await sentSoFar()).toHaveLength(key);
    }
    for (const key of [3, 4, 5, 6]) answers.push(loader.load(key));
    expect(await sentSoFar()).toEqual([[1], [2]]);
    sent[1]!.end();
    expect(await sentSoFar()).toEqual([[1], [2], [3, 4, 5]]);
    sent[2]!.end();
    expect(await sentSoFar()).toEqual([[1], [2], [3, 4, 5], [6]]);
    sent[0]!.end();
    sent[3]!.end();
    expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('send together what is asked at one moment', async () => {
    const { loader, sentSoFar } = newLoader(new Lanes(2));
    for (const key of [1, 2]) void loader.load(key);
    expect(await sentSoFar()).toEqual([[1, 2]]);
  });

  it('ask each alone where one of them is at fault, and are free again after that', async () => {
    const { loader, sent, sentSoFar } = newLoader(new Lanes(1));
    const answers = Promise.allSettled([loader.load(1), loader.load(2)]);
    await sentSoFar();
    const next = loader.load(3);
    // A check of one row's values (check_violation).
    sent[0]!.end(failure('23514'));
    expect(await sentSoFar()).toEqual([[1, 2], [1], [2]]);
    sent[1]!.end(new Error('this one'));
    sent[2]!.end();
    expect(await answers).toMatchObject([
      { status: 'rejected', reason: { message: 'this one' } },
      { status: 'fulfilled', value: 2 },
    ]);
    expect(await sentSoFar()).toEqual([[1, 2], [1], [2], [3]]);
    sent[3]!.end();
    expect(await next).toBe(3);
  });

  it('ask nobody again where none of them is at fault', async () => {
    const { loader, sent, sentSoFar } = newLoader(new Lanes(1));
    const answers = Promise.allSettled([loader.load(1), loader.load(2)]);
    await sentSoFar();
    const next = loader.load(3);
    // The statement took too long (query_canceled).
    sent[0]!.end(failure('57014'));
    expect(await answers).toMatchObject(Array(2).fill({ reason: { code: '57014' } }));
    expect(await sentSoFar()).toEqual([[1, 2], [3]]);
    sent[1]!.end();
    expect(await next).toBe(3);
  });

  it('refuse nobody else where one connection is lost', async () => {
    const { loader, sent, sentSoFar } = newLoader(new Lanes(1));
    const lost = Promise.allSettled([loader.load(1)]);
    await sentSoFar();
    const next = loader.load(2);
    // Its session was ended (admin_shutdown).
    sent[0]!.end(failure('57P01'));
    expect(await lost).toMatchObject([{ reason: { code: '57P01' } }]);
    expect(await sentSoFar()).toEqual([[1], [2]]);
    sent[1]!.end();
    expect(await next).toBe(2);
  });

  it('refuse all that wait where the database takes no connections, and are free again after that', async () => {
    const lanes = new Lanes(1);
    const [one, other] = [newLoader(lanes), newLoader(lanes)];
    const answers = [one.loader.load(1)];
    await one.sentSoFar();
    answers.push(...[2, 3, 4, 5].map((key) => one.loader.load(key)), other.loader.load(6));
    const told = Promise.allSettled(answers);
    one.sent[0]!.end(failure('ECONNREFUSED'));
    expect(await told).toMatchObject(Array(6).fill({ reason: { code: 'ECONNREFUSED' } }));
    expect([await one.sentSoFar(), await other.sentSoFar()]).toEqual([[[1]], []]);
    const next = [one.loader.load(7)];
    expect(await one.sentSoFar()).toEqual([[1], [7]]);
    next.push(one.loader.load(8));
    expect(await one.sentSoFar()).toEqual([[1], [7]]);
    one.sent[1]!.end();
    await one.sentSoFar();
    one.sent[2]!.end();
    expect(await Promise.all(next)).toEqual([7, 8]);
  });

  it('are shared by loaders', async () => {
    const lanes = new Lanes(1);
    const [one, other] = [newLoader(lanes), newLoader(lanes)];
    void one.loader.load(1);
    void other.loader.load(2);
    expect(await one.sentSoFar()).toEqual([[1]]);
    expect(await other.sentSoFar()).toEqual([]);
    one.sent[0]!.end();
    expect(await other.sentSoFar()).toEqual([[2]]);
  });
});
