import type { DataSource } from 'typeorm';

/** A beginning or a choice, as the steps of a playthrough have it. */
export interface PlayedFact {
  readonly progressId: number;
  /** -1 for the beginning. */
  readonly seq: number;
  readonly userId: number;
  readonly versionId: number;
  /** Of universal time. */
  readonly day: string;
  readonly nodeId: number | null;
  readonly choiceId: number | null;
  readonly toNodeId: number;
  readonly isEnd: boolean;
  /** Since what came before it, in milliseconds. */
  readonly gap: number;
  /** Whether nothing until then was made offline, or set by hand. */
  readonly isUnaided: boolean;
}

/** Everything that was played of a story, read step by step from the playthroughs themselves. */
export async function playedFacts(database: DataSource, storyId: number): Promise<PlayedFact[]> {
  const plays: any[] = await database.query(
    `SELECT progress_id AS id, user_id, coalesce(first_version_id, version_id) AS version_id, current_node_id,
            round(extract(epoch FROM start_time) * 1000000)::bigint AS micros
     FROM user_progress WHERE story_id = $1 ORDER BY progress_id`,
    [storyId],
  );
  const facts: PlayedFact[] = [];
  for (const play of plays) {
    const steps: any[] = await database.query(
      `SELECT *, round(extract(epoch FROM at) * 1000000)::bigint AS micros FROM progress_steps
       WHERE progress_id = $1 ORDER BY seq`,
      [play.id],
    );
    const told = { progressId: play.id as number, userId: play.user_id as number };
    const begunAt = (steps[0]?.node_id ?? play.current_node_id) as number;
    facts.push({
      ...{ ...told, seq: -1, versionId: play.version_id, day: dayOf(play.micros), nodeId: null },
      ...{ choiceId: null, toNodeId: begunAt, isEnd: false, gap: 0, isUnaided: true },
    });
    let before: number = play.micros;
    let isUnaided = true;
    for (const step of steps) {
      const outcome = step.outcome ?? {};
      isUnaided &&= outcome.offline === undefined && outcome.set === undefined;
      if (step.choice_id !== null) {
        facts.push({
          ...{ ...told, seq: step.seq, versionId: step.version_id, day: dayOf(step.micros) },
          ...{ nodeId: step.node_id, choiceId: step.choice_id, toNodeId: step.to_node_id },
          ...{ isEnd: step.is_end, isUnaided },
          gap: outcome.offline ? 0 : Math.max(0, Math.round((step.micros - before) / 1000)),
        });
      }
      before = step.micros;
    }
  }
  return facts;
}

const dayOf = (micros: number) => new Date(Math.floor(micros / 1000)).toISOString().slice(0, 10);
