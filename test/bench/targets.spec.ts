import { describe, expect, it } from '@jest/globals';
import { summary } from '../../bench/serving/results.js';
import { judge } from '../../bench/serving/targets.js';

const figures = (perSecond: number, cpu: number) => ({ perSecond, cpu, postgresCpu: 0 });

describe('the targets of the benchmarks', () => {
  it('are ratios within one run, and none of what was not measured', () => {
    const read = {
      uncached: figures(7000, 100),
      postgraphile: figures(2000, 400),
      raw: figures(10_000, 50),
    };
    const told = judge({ cells: { read } });
    expect(
      told.map(({ figure, byCost, isMet }: Record<string, unknown>) => [figure, byCost, isMet]),
    ).toEqual([
      [3.5, 4, true],
      [0.7, 0.5, false],
    ]);
  });

  it('look at the median of the rounds, and at the worst that another reader waited', () => {
    const round = (perSecond: number, probeWorst: number) => ({ perSecond, probeWorst });
    expect(summary([round(100, 5), round(300, 90), round(200, 7)])).toEqual({
      ...{ perSecond: 200, probeWorst: 90, spread: 1 },
    });
  });
});
