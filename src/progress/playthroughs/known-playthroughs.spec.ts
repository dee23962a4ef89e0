import { describe, expect, it } from '@jest/globals';
import type { Config } from '../../config/config.js';
import { KnownPlaythroughs } from './known-playthroughs.js';
import type { ProgressEntity } from './progress.entity.js';

const playthrough = (progressId: number, name = '') =>
  ({
    progressId,
    userId: 1,
    step: 0,
    state: { node: 1, turn: 0, variables: { name } },
  }) as unknown as ProgressEntity;

describe('known playthroughs', () => {
  it('are known to their reader alone, as they were kept last, until they are forgotten', () => {
    const known = new KnownPlaythroughs({ playCacheBytes: 1e6 } as Config);
    known.keep(playthrough(7));
    const latest = { ...playthrough(7), step: 1 };
    known.keep(latest);
    expect(known.get(7, 1)).toBe(latest);
    expect(known.get(7, 2)).toBeUndefined();
    expect(known.get(8, 1)).toBeUndefined();
    known.forget(7);
    expect(known.get(7, 1)).toBeUndefined();
  });

  it('are no more than fit, those kept that were played last', () => {
    const known = new KnownPlaythroughs({ playCacheBytes: 50_000 } as Config);
    for (let id = 1; id <= 100; id++) known.keep(playthrough(id, 'x'.repeat(1000)));
    const kept = Array.from({ length: 100 }, (_, i) => i + 1).filter((id) => known.get(id, 1));
    // Each takes its text, four times over, and 1,000 bytes beside.
    expect(kept).toEqual([92, 93, 94, 95, 96, 97, 98, 99, 100]);
  });
});
