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

/** How alike two words must be, from 0 to 1, for search to take one for a misspelling of the other. */
const WORD_SIMILARITY = 0.42;

/** Sets the threshold of `<%` until the statement ends, before any row is looked for: an uncorrelated subquery is asked first. */
const WITH_THRESHOLD = `(SELECT set_config('pg_trgm.word_similarity_threshold', '${WORD_SIMILARITY}', true)) IS NOT NULL`;

/** Short words are alike by chance: they must be more alike than {@link WORD_SIMILARITY}. */
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

/** Which page of which list of stories is read, and whether with their authors. */
export interface StoryPage {
  readonly selection: StorySelection;
  readonly order: StoryOrder;
  readonly limit: number;
  readonly after: Keyset | undefined;
  readonly withAuthors: boolean;
}

/**
 * One page of stories with their sort keys.
 * @param columns those of `story`
 * @returns with a name to prepare it under, unless it is one of too many: a search, or one with several filters
 */
export function pageSql(
  columns: string,
  { selection, order, limit, after, withAuthors }: StoryPage,
): Sql & { readonly name: string | undefined } {
  const { key, direction, cast } = ORDERINGS[order];
  const { conditions, values } = conditionsOf(selection);
  const filters = FILTERS.filter((filter) => selection[filter] !== undefined);
  const shape = [order, after && 'after', withAuthors && 'authors', ...filters].filter(Boolean);
  if (after !== undefined) {
    const comparison = direction === 'ASC' ? '>' : '<';
    values.push(after[0], after[1]);
    conditions.push(
      `(${key}, story_id) ${comparison} ($${values.length - 1}::${cast}, $${values.length}::bigint)`,
    );
  }
  values.push(limit);
  const page = `SELECT ${columns}, ${key} AS "sortKey" FROM stories AS story WHERE ${conditions.join(' AND ')}
    ORDER BY ${key} ${direction}, story_id ${direction} LIMIT $${values.length}`;
  return {
    name:
      filters.length > 1 || selection.query !== undefined
        ? undefined
        : `stories-page ${shape.join(' ')}`,
    text: withAuthors ? withAuthorsSql(page, direction) : page,
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

const FILTERS = [
  'query',
  'category',
  'difficulty',
  'authorId',
  'tag',
  'language',
] as const satisfies readonly (keyof StorySelection)[];

/**
 * The authors are looked up for the page alone, one by one: planned for any limit, a join would read all users. The limit
 * within keeps it from being made one.
 */
const withAuthorsSql = (page: string, direction: Ordering['direction']) =>
  `SELECT page.*, author.username, author.created_at AS "joinedAt"
   FROM (${page}) AS page CROSS JOIN LATERAL (
     SELECT username, created_at FROM users WHERE user_id = page."authorId" LIMIT 1
   ) AS author
   ORDER BY "sortKey" ${direction}, "storyId" ${direction}`;

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
      `${WITH_THRESHOLD} AND (to_tsvector('english', ${TEXT}) @@ plainto_tsquery('english', ${q})
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
