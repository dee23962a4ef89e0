import { areApart } from '../follows/block.repository.js';
import { ACTIVITY_KINDS, type ActivityKindName, type AudienceName } from './activity.entity.js';

/** Whom people let see what they do, unless they say otherwise. */
export const DEFAULT_AUDIENCE: Readonly<Record<ActivityKindName, AudienceName>> = {
  published: 'everyone',
  finished: 'followers',
  rated: 'everyone',
  achieved: 'followers',
  shared: 'followers',
};

const DEFAULTS = ACTIVITY_KINDS.map((kind) => `WHEN '${kind}' THEN '${DEFAULT_AUDIENCE[kind]}'`);

/**
 * Whether a row of `activities AS activity` is to be seen, as things stand now: what it is about is published, and its
 * actor lets others see it than those of the audiences that are `kept` from it. It says what is kept, not what is let
 * through, so that PostgreSQL expects most rows to pass, and takes the newest by their index instead of sorting all.
 * @param kept an SQL expression: an array of audiences
 */
export const visibleBut = (kept: string): string => `
  (activity.story_id IS NULL OR EXISTS (
    SELECT FROM stories WHERE stories.story_id = activity.story_id AND is_published
  ))
  AND coalesce(
    (SELECT audience FROM activity_audiences AS chosen
     WHERE chosen.user_id = activity.actor_id AND chosen.kind = activity.kind),
    CASE activity.kind ${DEFAULTS.join(' ')} END
  ) <> ALL(${kept})`;

/** What followers may not see. */
export const KEPT_FROM_FOLLOWERS = `ARRAY['nobody']`;

/**
 * The audiences of an actor that a viewer does not belong to: all while either has blocked the other.
 * @param actor and @param viewer are SQL expressions: ids of users; no id for the anonymous
 */
export const keptFrom = (actor: string, viewer: string): string => `
  CASE
    WHEN ${actor} = ${viewer} THEN '{}'
    WHEN ${areApart(actor, viewer)} THEN ARRAY['everyone', 'followers', 'nobody']
    WHEN EXISTS (SELECT FROM follows WHERE follower_id = ${viewer} AND followed_id = ${actor}) THEN ${KEPT_FROM_FOLLOWERS}
    ELSE ARRAY['followers', 'nobody']
  END`;
