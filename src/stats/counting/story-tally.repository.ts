import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { RecentStories } from '../../stories/recent-stories.js';
import { utcDay } from '../days.js';
import { ARRIVAL } from '../stories/place.entity.js';
import { choicesOf } from './fact.repository.js';
import { LONGEST_PAUSE } from './pauses.js';
import { isRanked } from './reader-sums.js';
import { addedTo, SUMS } from './reader-tally.repository.js';

/** Stories are counted by days of universal time, as their readers live in many time zones. */
const DAY = utcDay('at');

/** Where the facts in hand took place: each came to a node, and a choice was made at one. */
const PLACES = `
  SELECT version_id, to_node_id AS node_id, ${ARRIVAL} AS choice_id, at, user_id FROM facts
  UNION ALL SELECT version_id, node_id, choice_id, at, user_id FROM facts WHERE choice_id IS NOT NULL`;

const STATEMENTS = [
  `INSERT INTO story_days AS known (story_id, version_id, day, plays, choices, finishes, sessions, play_ms)
     SELECT story_id, version_id, ${DAY} AS utc_day, ${SUMS} FROM facts GROUP BY story_id, version_id, utc_day
     ON CONFLICT (story_id, day, version_id) DO UPDATE SET ${addedTo('known')}`,
  // A row of a story stands in many indexes: not each start pays for them, but each story that was started meanwhile. It is
  // locked only where there is more to tell: while everything is counted anew, for minutes, stories can be changed. In order of
  // their ids, as when ratings are counted anew.
  `WITH counted AS (
       SELECT story_id, sum(plays) AS plays FROM story_days
       WHERE story_id IN (SELECT story_id FROM facts WHERE choice_id IS NULL) GROUP BY story_id
     ), behind AS (
       SELECT story_id, plays FROM stories JOIN counted USING (story_id)
       WHERE play_count < plays ORDER BY story_id FOR NO KEY UPDATE OF stories
     )
     UPDATE stories SET play_count = plays FROM behind WHERE stories.story_id = behind.story_id`,
  `INSERT INTO version_readers AS known (version_id, day, user_id, has_begun, has_chosen, has_gone_on)
     SELECT version_id, ${DAY} AS utc_day, user_id, bool_or(choice_id IS NULL), bool_or(choice_id IS NOT NULL),
            bool_or(choice_id IS NOT NULL AND NOT is_end)
     FROM facts GROUP BY version_id, utc_day, user_id
     ON CONFLICT (version_id, day, user_id) DO UPDATE SET
       has_begun = known.has_begun OR EXCLUDED.has_begun, has_chosen = known.has_chosen OR EXCLUDED.has_chosen,
       has_gone_on = known.has_gone_on OR EXCLUDED.has_gone_on`,
  // A conflict would use up a number, and numbers are short.
  `INSERT INTO places (version_id, node_id, choice_id)
     SELECT DISTINCT version_id, node_id, choice_id FROM (${PLACES}) AS place
     WHERE NOT EXISTS (
       SELECT FROM places AS known
       WHERE (known.version_id, known.node_id, known.choice_id) = (place.version_id, place.node_id, place.choice_id)
     )`,
  `INSERT INTO place_readers (place_id, day, user_id)
     SELECT DISTINCT place_id, ${DAY} AS utc_day, user_id
     FROM (${PLACES}) AS place JOIN places USING (version_id, node_id, choice_id)
     ORDER BY place_id, utc_day, user_id ON CONFLICT DO NOTHING`,
  `INSERT INTO node_days AS known (version_id, day, node_id, arrivals)
     SELECT version_id, ${DAY} AS utc_day, to_node_id, count(*) FROM facts GROUP BY version_id, utc_day, to_node_id
     ON CONFLICT (version_id, day, node_id) DO UPDATE SET arrivals = known.arrivals + EXCLUDED.arrivals`,
  `INSERT INTO choice_days AS known (version_id, day, choice_id, node_id, made)
     SELECT version_id, ${DAY} AS utc_day, choice_id, node_id, count(*) FROM facts
     WHERE choice_id IS NOT NULL GROUP BY version_id, utc_day, choice_id, node_id
     ON CONFLICT (version_id, day, choice_id, node_id) DO UPDATE SET made = known.made + EXCLUDED.made`,
  `INSERT INTO story_finishes (progress_id, seq, story_id, version_id, user_id, node_id, at, choices, play_ms,
       is_unaided)
     SELECT finish.progress_id, finish.seq, finish.story_id, finish.version_id, finish.user_id, finish.to_node_id,
            finish.at, count(made.seq), coalesce(sum(least(made.gap_ms, ${LONGEST_PAUSE})), 0),
            NOT EXISTS (
              SELECT FROM progress_steps AS step
              WHERE step.progress_id = finish.progress_id AND step.seq <= finish.seq
                AND outcome ?| ARRAY['offline', 'set']
            )
     FROM facts AS finish LEFT JOIN LATERAL (
       ${choicesOf('SELECT progress_id, seq FROM progress_steps WHERE progress_id = finish.progress_id AND seq <= finish.seq')}
     ) AS made ON true
     WHERE finish.is_end
     GROUP BY finish.progress_id, finish.seq, finish.story_id, finish.version_id, finish.user_id, finish.to_node_id,
              finish.at`,
  `INSERT INTO story_bests AS known (story_id, user_id, choices, play_ms, is_ranked)
     SELECT story_id, facts.user_id, min(story_finishes.choices), min(play_ms), ${isRanked('facts.user_id')}
     FROM story_finishes JOIN facts USING (progress_id, seq, story_id, user_id)
     WHERE is_end AND is_unaided GROUP BY story_id, facts.user_id
     ON CONFLICT (story_id, user_id) DO UPDATE SET
       choices = least(known.choices, EXCLUDED.choices), play_ms = least(known.play_ms, EXCLUDED.play_ms)`,
];

/** Counts the facts in hand for their stories. What comes of it does not depend on the order of the facts. */
@Injectable()
export class StoryTallyRepository {
  constructor(
    private readonly database: Database,
    private readonly recent: RecentStories,
  ) {}

  async add(): Promise<void> {
    await this.database.run(STATEMENTS);
    await this.recent.changed();
  }

  async clear(): Promise<void> {
    for (const table of [
      'story_bests',
      'story_finishes',
      'choice_days',
      'node_days',
      'place_readers',
      'version_readers',
      'story_days',
    ])
      await this.database.query(`DELETE FROM ${table}`);
  }
}
