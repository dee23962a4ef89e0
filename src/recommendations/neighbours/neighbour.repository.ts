import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { COUNTED } from '../../social/ratings/rating-tally.repository.js';
import { likingSql } from '../liking.js';
import type { NeighbourColumns } from './neighbour.tasks.js';
import type { Likings } from './neighbours.js';

/** How many stories of a reader count, the latest: what finding neighbours costs grows with the square of it. */
const MOST_READ = 100;

/** What more stories than this are about says little of each, and would cost the square of it. */
const MOST_ABOUT = 5000;

/** What PostgreSQL may sort in memory: enough for two million readings. */
const MEMORY = '128MB';

/** In how many texts all rows come, so that none is too large. */
const TEXTS = 64;

/** Lines for `readRows`. @param entries SQL of (bag, story_id, weight): each bag is a row */
const linesOf = (entries: string, having: string): string => `
  SELECT string_agg(line, E'\\n') AS text FROM (
    SELECT row_number() OVER () % ${TEXTS} AS part, string_agg(story_id || ' ' || weight, ' ') AS line
    FROM (${entries}) AS entries GROUP BY bag HAVING ${having}
  ) AS lines GROUP BY part`;

/** What readers liked: stories that they finished or rated, but for their own. */
const LIKED = `
  SELECT bag, story_id, weight FROM (
    SELECT user_id AS bag, story_id, ${likingSql('finishes', 'rating')} AS weight,
           row_number() OVER (PARTITION BY user_id ORDER BY last_at DESC, story_id DESC) AS place
    FROM reader_stories JOIN stories USING (story_id)
      LEFT JOIN (SELECT user_id, story_id, rating FROM reviews WHERE ${COUNTED}) AS rated
        USING (user_id, story_id)
    WHERE is_published AND author_id <> user_id AND (finishes > 0 OR rating IS NOT NULL)
  ) AS read WHERE place <= ${MOST_READ} AND weight > 0`;

/** What stories are about. Those in other languages have nothing in common: who reads the one may not read the other. */
const SUBJECTS = `
  SELECT DISTINCT split_part(lower(language), '-', 1) || ':' || subject AS bag, story_id, weight
  FROM stories CROSS JOIN LATERAL (
    SELECT 'category:' || category AS subject, 3 AS weight
    UNION ALL SELECT 'category:' || category || ':' || difficulty_level, 1
    UNION ALL SELECT 'author:' || author_id, 2
    UNION ALL SELECT 'tag:' || tag, 3 FROM unnest(tags) AS tag
    UNION ALL SELECT 'word:' || word, 1
      FROM unnest(tsvector_to_array(to_tsvector('english', story_text(title, '{}', description)))) AS word
  ) AS about
  WHERE is_published`;

@Injectable()
export class NeighbourRepository {
  constructor(private readonly database: Database) {}

  /** Makes those who replace the neighbours take turns until the transaction ends; who reads them does not wait. */
  async takeTurn(): Promise<void> {
    await this.database.run([
      'LOCK TABLE story_neighbours IN SHARE ROW EXCLUSIVE MODE',
      `SET LOCAL work_mem = '${MEMORY}'`,
    ]);
  }

  /** PostgreSQL writes it as few long texts, which go to a thread as they are. */
  async likings(): Promise<Likings> {
    return {
      readers: await this.#texts(linesOf(LIKED, 'count(*) > 1')),
      subjects: await this.#texts(linesOf(SUBJECTS, `count(*) BETWEEN 2 AND ${MOST_ABOUT}`)),
    };
  }

  async replaceAll(chunks: readonly NeighbourColumns[]): Promise<void> {
    await this.database.query('DELETE FROM story_neighbours');
    for (const chunk of chunks) {
      await this.database.query(
        `INSERT INTO story_neighbours (story_id, neighbour_id, score, is_by_readers)
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::real[], $4::boolean[])`,
        chunk,
      );
    }
  }

  async #texts(lines: string): Promise<string[]> {
    return (await this.database.query<{ text: string }>(lines)).map(({ text }) => text);
  }
}
