/** A day on which somebody played a version. */
export interface PlayedDay {
  readonly versionId: number;
  /** As in `2026-11-25`. */
  readonly day: string;
  /** Some of its readers: as many as a period needs, or all. */
  readonly readers: readonly unknown[];
}

/** Days of one version, from one on which it was played to another, both included. */
export interface Span {
  readonly versionId: number;
  readonly from: string;
  readonly to: string;
}

/**
 * Puts the days of versions together into periods, each of which `least` different readers or more have played in. What
 * figures of whole periods differ by is then never what a few readers did. The days after the last period of a version
 * wait for more.
 * @param days in order, by version and day
 */
export function periodsOf(days: readonly PlayedDay[], least: number): Span[] {
  const periods: Span[] = [];
  let from: PlayedDay | undefined;
  const readers = new Set<unknown>();
  for (const day of days) {
    if (from?.versionId !== day.versionId) {
      from = undefined;
      readers.clear();
    }
    from ??= day;
    for (const reader of day.readers) readers.add(reader);
    if (readers.size < least) continue;
    periods.push({ versionId: day.versionId, from: from.day, to: day.day });
    from = undefined;
    readers.clear();
  }
  return periods;
}

/** What may be told of some days: whole periods alone. */
export interface Selection {
  /** The periods of each version, put together: one span for each version. */
  readonly spans: readonly Span[];
  /** The periods of a single day. */
  readonly singleDays: readonly Span[];
  /** The versions that were played on these days, told or not. */
  readonly versionIds: readonly number[];
  /** The days on which anything was played, told or not. */
  readonly days: ReadonlySet<string>;
  /** Whether something was played on these days that may not be told. */
  readonly isPartial: boolean;
}

/**
 * @param days all days up to the last one that is asked for, in order, by version and day
 * @param from the first day that is asked for
 */
export function select(days: readonly PlayedDay[], from: string, least: number): Selection {
  const periods = periodsOf(days, least).filter((period) => period.from >= from);
  const spans = [...Map.groupBy(periods, ({ versionId }) => versionId)].map(([versionId, own]) => ({
    versionId,
    from: own[0]!.from,
    to: own.at(-1)!.to,
  }));
  const spanOf = new Map(spans.map((span) => [span.versionId, span]));
  const isTold = ({ versionId, day }: PlayedDay) => {
    const span = spanOf.get(versionId);
    return span !== undefined && day >= span.from && day <= span.to;
  };
  const played = days.filter(({ day }) => day >= from);
  return {
    spans,
    versionIds: [...new Set(played.map(({ versionId }) => versionId))],
    days: new Set(played.map(({ day }) => day)),
    singleDays: periods.filter((period) => period.from === period.to),
    isPartial: !played.every(isTold),
  };
}
