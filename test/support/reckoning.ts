import { expect } from '@jest/globals';
import { dayBefore, daysFrom } from '../../src/stats/days.js';
import type { PlayedFact } from './played-facts.js';

export interface Asked {
  readonly from: string;
  readonly to: string;
  /** All versions when left out. */
  readonly versionId: number | undefined;
  readonly least: number;
}

type Facts = readonly PlayedFact[];

export const FEW = 'FEW_READERS';
const HALF_AN_HOUR = 1_800_000;
const TEN_MINUTES = 600_000;

export const readersOf = (facts: Facts) => new Set(facts.map(({ userId }) => userId)).size;
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
export const isStart = ({ choiceId }: PlayedFact) => choiceId === null;
const isChoice = (fact: PlayedFact) => !isStart(fact);
const isEnd = (fact: PlayedFact) => fact.isEnd;

const PARTS = { starts: isStart, choices: isChoice, finishes: isEnd };
type Part = keyof typeof PARTS;

/** Whom a part is of: choices of those who went on by one, if any did, as endings are told apart. */
function partOf(facts: Facts, part: Part): Facts {
  const own = facts.filter(PARTS[part]);
  const onward = own.filter((fact) => part === 'choices' && !fact.isEnd);
  return onward.length > 0 ? onward : own;
}

/** Whether a part of figures is not to be told. */
type Withheld = (part: Part) => boolean;

/** What the analytics of a story must tell, reckoned anew from every single thing that was played. */
export class Reckoning {
  /** All that may be told. */
  readonly told: Facts;
  readonly #within: Facts;
  /** By version: from when to when it may be told, and the days that may be told alone. */
  readonly #periods = new Map<number, { from: string; to: string; alone: string[] }>();

  constructor(
    readonly all: Facts,
    readonly asked: Asked,
  ) {
    const own = all.filter(({ versionId }) => (asked.versionId ?? versionId) === versionId);
    for (const [version, facts] of Map.groupBy(own, ({ versionId }) => versionId))
      this.#findPeriods(version, facts);
    this.#within = own.filter(({ day }) => day >= asked.from && day <= asked.to);
    this.told = own.filter(({ versionId, day }) => {
      const period = this.#periods.get(versionId);
      return period !== undefined && day >= period.from && day <= period.to;
    });
  }

  get isPartial(): boolean {
    return this.told.length < this.#within.length;
  }

  isFew(facts: Facts): boolean {
    return readersOf(facts) > 0 && readersOf(facts) < this.asked.least;
  }

  isPlayed(versionId: number): boolean {
    return this.#within.some((fact) => fact.versionId === versionId);
  }

  figures() {
    const withheld: Withheld = (part) => this.isFew(partOf(this.told, part));
    return this.#figures(this.told, this.isPartial, withheld);
  }

  days() {
    const { from, to } = this.asked;
    const days = Array.from({ length: daysFrom(from, to) }, (_, i) => dayBefore(from, -i));
    const alone = days.map((day) =>
      this.told.filter(
        (fact) => fact.day === day && this.#periods.get(fact.versionId)!.alone.includes(day),
      ),
    );
    return days.map((day, i) => {
      const isPlayed = this.#within.some((fact) => fact.day === day);
      const told = this.#figures(alone[i]!, isPlayed, this.#among(alone, i));
      const { readers, starts, choices, finishes, completionRate, sessions, playSeconds } = told;
      const isWithheld = [starts, choices, finishes].includes(null);
      return {
        ...{ day, readers, starts, choices, finishes, completionRate, sessions, playSeconds },
        withheld: isWithheld ? FEW : null,
      };
    });
  }

  versions() {
    const ids = [...new Set(this.#within.map(({ versionId }) => versionId))].sort((a, b) => b - a);
    const each = ids.map((id) => this.told.filter(({ versionId }) => versionId === id));
    return ids.map((id, i) => ({
      version: { id: `ver_${id}` },
      ...this.#figures(each[i]!, true, this.#among(each, i)),
    }));
  }

  lengths() {
    const finishes = this.told.filter((fact) => fact.isEnd && fact.isUnaided);
    if (this.isFew(finishes))
      return { finishes: null, seconds: null, choices: null, withheld: FEW };
    const wayTo = (end: PlayedFact) =>
      this.all.filter(
        (fact) => fact.progressId === end.progressId && fact.seq <= end.seq && isChoice(fact),
      );
    const played = (way: Facts) => sumOf(way.map(({ gap }) => Math.min(gap, TEN_MINUTES))) / 1000;
    return {
      finishes: finishes.length,
      seconds: percentiles(finishes.map((end) => played(wayTo(end)))),
      choices: percentiles(finishes.map((end) => wayTo(end).length)),
      withheld: null,
    };
  }

  #figures(facts: Facts, isPlayed: boolean, withheld: Withheld) {
    if (facts.length === 0 && isPlayed) return UNTOLD;
    const tell = (part: Part) => (withheld(part) ? null : facts.filter(PARTS[part]).length);
    const [starts, choices, finishes] = [tell('starts'), tell('choices'), tell('finishes')];
    const byReader = Map.groupBy(facts, ({ userId }) => userId);
    const days = [...byReader.values()].map((own) => new Set(own.map(({ day }) => day)).size);
    const returning = days.filter((count) => count > 1).length;
    const isReturnWithheld = returning > 0 && returning < this.asked.least;
    const readers = readersOf(facts);
    return {
      ...{ readers, starts, choices, finishes },
      completionRate:
        finishes === null || readers === 0 ? null : readersOf(facts.filter(isEnd)) / readers,
      sessions: facts.filter((fact) => isStart(fact) || fact.gap > HALF_AN_HOUR).length,
      playSeconds: Math.floor(sumOf(facts.map(({ gap }) => Math.min(gap, TEN_MINUTES))) / 1000),
      returningReaders: isReturnWithheld ? null : returning,
      returnVisits: isReturnWithheld ? null : sumOf(days.map((count) => count - 1)),
      withheld: [starts, choices, finishes].includes(null) || isReturnWithheld ? FEW : null,
    };
  }

  /** What is of few, and the least of the others beside it. */
  #among(groups: readonly Facts[], place: number): Withheld {
    return (part) => {
      const own = groups.map((facts) => partOf(facts, part));
      if (!own.some((facts) => this.isFew(facts))) return false;
      const many = own
        .map(readersOf)
        .map((readers) => (readers < this.asked.least ? NaN : readers));
      const least = Math.min(...many.filter((readers) => !Number.isNaN(readers)));
      return this.isFew(own[place]!) || many.indexOf(least) === place;
    };
  }

  #findPeriods(version: number, facts: Facts): void {
    const { from, to, least } = this.asked;
    let waiting: PlayedFact[] = [];
    const periods: { from: string; to: string }[] = [];
    for (const day of [...new Set(facts.map((fact) => fact.day))].sort()) {
      waiting.push(...facts.filter((fact) => fact.day === day));
      if (readersOf(waiting) < least) continue;
      periods.push({ from: waiting[0]!.day, to: day });
      waiting = [];
    }
    const asked = periods.filter((period) => period.from >= from && period.to <= to);
    if (asked.length === 0) return;
    const alone = asked.filter((period) => period.from === period.to).map((period) => period.to);
    this.#periods.set(version, { from: asked[0]!.from, to: asked.at(-1)!.to, alone });
  }
}

const UNTOLD = {
  ...{ readers: null, starts: null, choices: null, finishes: null, completionRate: null },
  ...{ sessions: null, playSeconds: null, returningReaders: null, returnVisits: null },
  withheld: FEW,
};

function percentiles(values: readonly number[]) {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (percent: number) => {
    const place = (percent / 100) * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    const value = below + (place % 1) * (sorted[Math.ceil(place)]! - below);
    return expect.closeTo(value, 6) as unknown;
  };
  return { p10: at(10), p25: at(25), p50: at(50), p75: at(75), p90: at(90) };
}
