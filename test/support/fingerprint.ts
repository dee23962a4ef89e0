import type { DataSource } from 'typeorm';
import { COUNTED } from './counted-tables.js';

/** What changes on its own: when somebody was last seen, when what they are told was sent on, and what is counted. */
const PASSING = `- 'last_active' - 'dispatched_at' - 'play_count'`;

/** What is counted in the background, from the steps; what is told of it; and what is made when mails are sent. */
const DERIVED = [
  ...[
    'play_facts',
    'counting',
    'achievement_checks',
    'version_goals',
    'places',
    'story_neighbours',
    'activities',
    'address_tokens',
  ],
  ...Object.keys(COUNTED),
];

/** A digest of every row of every table: equal before and after when nothing has been written. */
export async function fingerprint(dataSource: DataSource): Promise<Record<string, string>> {
  const tables = await dataSource.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class
     WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
       AND relname <> ALL ($1) ORDER BY relname`,
    [DERIVED],
  );
  const digests = await dataSource.query<{ name: string; digest: string }[]>(
    `${tables
      .map(
        ({ name }) =>
          `SELECT '${name}' AS name, md5(coalesce(string_agg(row, '' ORDER BY row), '')) AS digest
           FROM (SELECT (to_jsonb("${name}") ${PASSING})::text AS row FROM "${name}") AS rows`,
      )
      .join(' UNION ALL ')} ORDER BY name`,
  );
  return Object.fromEntries(digests.map(({ name, digest }) => [name, digest]));
}
