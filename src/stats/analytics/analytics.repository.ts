import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { utcDay } from '../days.js';
import { ARRIVAL } from '../stories/place.entity.js';
import type { PlayedDay, Span } from './periods.js';

/** Sums over what readers did, each beside the number of readers whom it is of. */
export interface FiguresRow {
  /** Different readers who played. */
  readonly readers: number;
  readonly starts: number;
  readonly starters: number;
  readonly choices: number;
  readonly choosers: number;
  readonly finishes: number;
  readonly finishers: number;
  readonly sessions: number;
  readonly playMs: number;
  /** Readers who played on more than one day. */
  readonly returning: number;
  /** On how many days readers played again, in all. */
  readonly returns: number;
}

export interface DayRow extends Omit<FiguresRow, 'returning' | 'returns'> {
  readonly day: string;
}

export interface PlaceRow {
  /** The node or the choice. */
  readonly id: number;
  readonly times: number;
  readonly readers: number;
}

/** Of one kind of length: at which length a tenth, a quarter and so on of the finishes lie. */
export interface LengthsRow {
  readonly finishes: number;
  readonly finishers: number;
  /** In milliseconds, at 10, 25, 50, 75 and 90 in a hundred. */
  readonly times: readonly number[] | null;
  /** In choices, likewise. */
  readonly steps: readonly number[] | null;
}

const SPANS = `WITH spans AS (
  SELECT * FROM unnest($2::bigint[], $3::date[], $4::date[]) AS span (version_id, first, last)
)`;

const DAY = utcDay('at');

/** The finishes of the story from the first day of all spans to the last: along the index by time. */
const FINISHES_OF_STORY = `story_id = $1 AND at >= (SELECT min(first) FROM spans)::timestamp AT TIME ZONE 'UTC'
  AND at < (SELECT max(last) + 1 FROM spans)::timestamp AT TIME ZONE 'UTC'`;

/** The finishes of the story within the spans. */
const FINISHES = `story_finishes JOIN spans USING (version_id)
  WHERE ${FINISHES_OF_STORY} AND ${DAY} BETWEEN first AND last`;

/** Choices are of those who made any that led on, as what leads to endings is told apart; else of those who made any. */
const choosers = (count: string, goneOn: string, chosen: string): string =>
  `coalesce(nullif(${count} FILTER (WHERE ${goneOn}), 0), ${count} FILTER (WHERE ${chosen}))`;

const NUMBERS = ['starts', 'choices', 'finishes', 'sessions', 'play_ms AS "playMs"'];

const valuesOf = (storyId: number, spans: readonly Span[]) => [
  storyId,
  spans.map(({ versionId }) => versionId),
  spans.map(({ from }) => from),
  spans.map(({ to }) => to),
];

/** Figures of stories, each by one statement over the roll-ups, along their keys. */
@Injectable()
export class AnalyticsRepository {
  constructor(private readonly database: Database) {}

  /**
   * On which days a story was played up to one, by version and day.
   * @param versionId every version when left out
   * @param most how many readers of each day to tell at most
   */
  playedDays(
    storyId: number,
    { versionId, to, most }: { versionId: number | undefined; to: string; most: number },
  ): Promise<PlayedDay[]> {
    return this.database.query(
      `SELECT version_id AS "versionId", day::text AS day, ARRAY(
         SELECT user_id FROM version_readers AS reader
         WHERE reader.version_id = story_days.version_id AND reader.day = story_days.day
         ORDER BY user_id LIMIT $4
       ) AS readers
       FROM story_days
       WHERE story_id = $1 AND day <= $3 AND ($2::bigint IS NULL OR version_id = $2)
       ORDER BY version_id, story_days.day`,
      [storyId, versionId ?? null, to, most],
    );
  }

  /** One row for the whole, or with `byVersion` one for each version, the newest first. */
  figures(
    storyId: number,
    spans: readonly Span[],
    byVersion: boolean,
  ): Promise<(FiguresRow & { readonly versionId: number | null })[]> {
    const key = byVersion ? 'version_id' : 'NULL::bigint';
    return this.database.query(
      `${SPANS}, sums AS (
         SELECT ${key} AS key, sum(plays) AS starts, sum(choices) AS choices, sum(finishes) AS finishes,
                sum(sessions) AS sessions, sum(play_ms)::bigint AS play_ms
         FROM story_days JOIN spans USING (version_id)
         WHERE story_id = $1 AND day BETWEEN first AND last GROUP BY 1
       ), readers AS (
         SELECT key, count(*) AS readers, count(*) FILTER (WHERE begun) AS starters,
                ${choosers('count(*)', 'gone', 'chosen')} AS choosers, count(*) FILTER (WHERE days > 1) AS comers,
                sum(days - 1)::bigint AS returns
         FROM (
           SELECT ${key} AS key, user_id, count(DISTINCT day) AS days, bool_or(has_begun) AS begun,
                  bool_or(has_chosen) AS chosen, bool_or(has_gone_on) AS gone
           FROM version_readers JOIN spans USING (version_id) WHERE day BETWEEN first AND last GROUP BY 1, 2
         ) AS reader GROUP BY key
       ), finishers AS (
         SELECT ${key} AS key, count(DISTINCT user_id) AS finishers FROM ${FINISHES} GROUP BY 1
       )
       SELECT sums.key AS "versionId", ${NUMBERS.join(', ')}, readers, starters, choosers, comers AS "returning", returns,
              coalesce(finishers, 0) AS finishers
       FROM sums JOIN readers ON readers.key IS NOT DISTINCT FROM sums.key
       LEFT JOIN finishers ON finishers.key IS NOT DISTINCT FROM sums.key
       ORDER BY sums.key DESC`,
      valuesOf(storyId, spans),
    );
  }

  /** Day by day, the oldest first, for days on each of which one or more versions were played. */
  days(storyId: number, days: readonly Span[]): Promise<DayRow[]> {
    return this.database.query(
      `${SPANS}, sums AS (
         SELECT day, sum(plays) AS starts, sum(choices) AS choices, sum(finishes) AS finishes,
                sum(sessions) AS sessions, sum(play_ms)::bigint AS play_ms
         FROM story_days JOIN spans USING (version_id) WHERE story_id = $1 AND day = first GROUP BY day
       ), readers AS (
         SELECT day, count(DISTINCT user_id) AS readers, count(DISTINCT user_id) FILTER (WHERE has_begun) AS starters,
                ${choosers('count(DISTINCT user_id)', 'has_gone_on', 'has_chosen')} AS choosers
         FROM version_readers JOIN spans USING (version_id) WHERE day = first GROUP BY day
       ), finishers AS (
         SELECT day, count(DISTINCT user_id) AS finishers
         FROM (SELECT version_id, ${DAY} AS day, user_id FROM story_finishes WHERE ${FINISHES_OF_STORY}) AS finish
         JOIN spans USING (version_id) WHERE day = first GROUP BY day
       )
       SELECT day::text AS day, ${NUMBERS.join(', ')}, readers, starters, choosers, coalesce(finishers, 0) AS finishers
       FROM sums JOIN readers USING (day) LEFT JOIN finishers USING (day) ORDER BY day`,
      valuesOf(storyId, days),
    );
  }

  /** How often readers came to each node that any came to. */
  arrivals(span: Span): Promise<PlaceRow[]> {
    return this.#places(span, { table: 'node_days', id: 'node_id', times: 'arrivals' });
  }

  /** How often each choice was made that any made. */
  choicesMade(span: Span): Promise<PlaceRow[]> {
    return this.#places(span, { table: 'choice_days', id: 'choice_id', times: 'made' });
  }

  /** How long unaided finishes took. */
  async lengths(storyId: number, spans: readonly Span[]): Promise<LengthsRow> {
    const at = (column: string) =>
      `percentile_cont(ARRAY[0.1, 0.25, 0.5, 0.75, 0.9]) WITHIN GROUP (ORDER BY ${column})`;
    const [row] = await this.database.query<LengthsRow>(
      `${SPANS} SELECT count(*) AS finishes, count(DISTINCT user_id) AS finishers, ${at('play_ms')} AS times,
         ${at('choices')} AS steps
       FROM ${FINISHES} AND is_unaided`,
      valuesOf(storyId, spans),
    );
    return row!;
  }

  /**
   * Of the latest playthroughs that a version was begun with in a span, how many came to the first of some nodes, and from
   * there to the next, and so on. Each looks up its own steps, by their key, once for each node that it came to.
   * @param most how many playthroughs to look at
   * @returns first all that were looked at, then those that came to each node
   */
  async funnel(
    storyId: number,
    span: Span,
    { nodeIds, most }: { nodeIds: readonly number[]; most: number },
  ): Promise<{ playthroughs: number; readers: number }[]> {
    const stages = nodeIds.map(
      (_, stage) => `, stage_${stage} AS (
         SELECT progress_id, user_id, came.seq FROM ${stage === 0 ? 'plays' : `stage_${stage - 1}`} AS before
         CROSS JOIN LATERAL (
           SELECT seq FROM (${stage === 0 ? BEGINNING : ''}
             SELECT seq, to_node_id FROM progress_steps AS step
             WHERE step.progress_id = before.progress_id AND step.seq > before.seq AND choice_id IS NOT NULL
           ) AS arrival WHERE to_node_id = $${stage + 6} ORDER BY seq LIMIT 1
         ) AS came
       )`,
    );
    const counts = ['plays', ...nodeIds.map((_, stage) => `stage_${stage}`)].map(
      (name, place) =>
        `SELECT ${place} AS place, count(*) AS playthroughs, count(DISTINCT user_id) AS readers FROM ${name}`,
    );
    return this.database.query(
      `WITH plays AS (
         SELECT play.progress_id, user_id, -2 AS seq, coalesce(first.node_id, current_node_id) AS begun_at
         FROM user_progress AS play
         LEFT JOIN progress_steps AS first ON first.progress_id = play.progress_id AND first.seq = 0
         WHERE story_id = $1 AND (first_version_id = $2 OR first_version_id IS NULL AND play.version_id = $2)
           AND start_time >= $3::date::timestamp AT TIME ZONE 'UTC'
           AND start_time < ($4::date + 1)::timestamp AT TIME ZONE 'UTC'
         ORDER BY play.progress_id DESC LIMIT $5
       )${stages.join('')}
       SELECT playthroughs, readers FROM (${counts.join(' UNION ALL ')}) AS counted ORDER BY place`,
      [storyId, span.versionId, span.from, span.to, most, ...nodeIds],
    );
  }

  #places(
    { versionId, from, to }: Span,
    { table, id, times }: { table: string; id: string; times: string },
  ): Promise<PlaceRow[]> {
    const arrivals = id === 'node_id' ? '=' : '<>';
    return this.database.query(
      `SELECT ${id} AS id, times, coalesce(readers, 0) AS readers
       FROM (
         SELECT ${id}, sum(${times}) AS times FROM ${table}
         WHERE version_id = $1 AND day BETWEEN $2 AND $3 GROUP BY ${id}
       ) AS counted LEFT JOIN (
         SELECT ${id}, (
           SELECT count(DISTINCT user_id) FROM place_readers AS reader
           WHERE reader.place_id = places.place_id AND day BETWEEN $2 AND $3
         ) AS readers
         FROM places WHERE version_id = $1 AND choice_id ${arrivals} ${ARRIVAL}
       ) AS known USING (${id})`,
      [versionId, from, to],
    );
  }
}

/** Every playthrough has come to the node that it began at. */
const BEGINNING = `SELECT -1 AS seq, begun_at AS to_node_id UNION ALL`;
