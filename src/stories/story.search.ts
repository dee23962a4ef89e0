import type { Keyset, KeyKind } from '../graphql/connection.js';
import { StoryOrder } from './story.inputs.js';
import type { Difficulty } from './story.entity.js';
import { SCORE_SQL } from './story.score.js';

/** Which of the published stories a list holds. */
export interface StorySelection {
  readonly query?: string;
  readonly category?: string;
  readonly difficulty?: Difficulty;
  readonly authorId?: number;
  readonly tag?: string;
  readonly language?: string;
}

interface Ordering {
  /** The SQL value that the list is sorted by; the story's id breaks ties. */
  readonly key: string;
  readonly direction: 'ASC' | 'DESC';
  readonly kind: KeyKind;
  readonly cast: string;
}

const TEXT = 'story_text(title, tags, description)';

/** Short words are alike by chance: they must be more alike than the threshold of `<%` asks. */
const SHORT_WORD_SIMILARITY = 0.65;

/** `$1` is the query here, as in {@link conditionsOf}. */
const RELEVANCE = `(ts_rank(to_tsvector('english', ${TEXT}), plainto_tsquery('english', $1))
  + word_similarity($1, title) * 2 + word_similarity($1, ${TEXT}))::float8`;

const ORDERINGS: Readonly<Record<StoryOrder, Ordering>> = {
  [StoryOrder.RELEVANCE]: { key: RELEVANCE, direction: 'DESC', kind: 'number', cast: 'float8' },
  [StoryOrder.RECENT]: {
    key: 'published_at',
    direction: 'DESC',
    kind: 'date',
    cast: 'timestamptz',
  },
  [StoryOrder.POPULAR]: { key: 'play_count', direction: 'DESC', kind: 'integer', cast: 'bigint' },
  [StoryOrder.TOP_RATED]: {
    key: SCORE_SQL,
    direction: 'DESC',
    kind: 'number',
    cast: 'float8',
  },
  [StoryOrder.TITLE]: {
    key: `lower(title) COLLATE "und-x-icu"`,
    direction: 'ASC',
    kind: 'string',
    cast: 'text',
  },
};

export const keyKindOf = (order: StoryOrder): KeyKind => ORDERINGS[order].kind;

/** A statement and its parameters. */
export interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The ids and sort keys of one page of stories. */
export function pageSql(
  selection: StorySelection,
  order: StoryOrder,
  limit: number,
  after: Keyset | undefined,
): Sql {
  const { key, direction, cast } = ORDERINGS[order];
  const { conditions, values } = conditionsOf(selection);
  if (after !== undefined) {
    const comparison = direction === 'ASC' ? '>' : '<';
    values.push(after[0], after[1]);
    conditions.push(
      `(${key}, story_id) ${comparison} ($${values.length - 1}::${cast}, $${values.length}::bigint)`,
    );
  }
  values.push(limit);
  return {
    text: `SELECT story_id AS "storyId", ${key} AS "sortKey" FROM stories WHERE ${conditions.join(' AND ')}
           ORDER BY ${key} ${direction}, story_id ${direction} LIMIT $${values.length}`,
    values,
  };
}

export function countSql(selection: StorySelection): Sql {
  const { conditions, values } = conditionsOf(selection);
  return {
    text: `SELECT count(*) AS count FROM stories WHERE ${conditions.join(' AND ')}`,
    values,
  };
}

function conditionsOf(selection: StorySelection): { conditions: string[]; values: unknown[] } {
  const conditions: string[] = ['is_published'];
  const values: unknown[] = [];
  const add = (value: unknown, condition: (parameter: string) => string) => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  add(
    selection.query,
    (q) =>
      `(to_tsvector('english', ${TEXT}) @@ plainto_tsquery('english', ${q})
        OR (${q} <% ${TEXT}
            AND (length(${q}) > 4 OR word_similarity(${q}, ${TEXT}) > ${SHORT_WORD_SIMILARITY})))`,
  );
  add(selection.category, (p) => `category = ${p}`);
  add(selection.difficulty, (p) => `difficulty_level = ${p}`);
  add(selection.authorId, (p) => `author_id = ${p}`);
  add(selection.tag, (p) => `tags @> ARRAY[${p}]`);
  add(selection.language, (p) => `language = ${p}`);
  return { conditions, values };
}
