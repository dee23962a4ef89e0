import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import DataLoader from 'dataloader';
import { Lanes } from './lanes.js';

/** A loader that gives each key back, in batches of up to three, each of which ends when it is told to. */
function newLoader(lanes: Lanes) {
  const sent: { keys: readonly number[]; end(): void }[] = [];
  const loader = new DataLoader<number, number>(
    (keys) =>
      new Promise<number[]>((resolve) => {
        sent.push({
          keys,
          end: () => {
            resolve([...keys]);
          },
        });
      }).finally(() => {
        lanes.leave();
      }),
    {
      cache: false,
      maxBatchSize: 3,
      batchScheduleFn: (send) => {
        lanes.enter(send);
      },
    },
  );
  const sentSoFar = async () => {
    await setImmediate();
    return sent.map(({ keys }) => keys);
  };
  return { loader, sent, sentSoFar };
}

describe('Lanes', () => {
  it('send at once what comes alone, and together what comes while all lanes are taken', async () => {
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
});
