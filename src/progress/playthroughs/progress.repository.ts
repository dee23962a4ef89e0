import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Database } from '../../database/database.js';
import type { PlayState } from '../../engine/core/play.js';
import type { Keyset } from '../../graphql/connection.js';
import { PlayFacts } from './play-facts.js';
import { ProgressStepEntity, type StepOutcome } from './progress-step.entity.js';
import { ProgressEntity } from './progress.entity.js';
import { BEGIN, COLUMNS, dayOf, FIND, FIND_CURRENT, FIND_LATEST } from './progress.statements.js';

/** A playthrough that begins. */
export type Begun = Pick<
  ProgressEntity,
  | 'userId'
  | 'storyId'
  | 'versionId'
  | 'state'
  | 'startTime'
  | 'seed'
  | 'isCompleted'
  | 'ending'
  | 'collected'
>;

export interface PathStep {
  readonly nodeId: number;
  readonly choiceId: number;
  readonly toNodeId: number;
  readonly outcome: StepOutcome | null;
  readonly collected: readonly string[] | null;
}

/** What a reader did between choices. */
export interface Change {
  readonly progressId: number;
  readonly step: number;
  /** The version that the playthrough is on after it. */
  readonly versionId: number;
  /** Where the reader stood. */
  readonly nodeId: number;
  readonly outcome: StepOutcome;
  readonly state: PlayState;
  readonly isCompleted: boolean;
  readonly ending: string | null;
}

@Injectable()
export class ProgressRepository {
  constructor(
    private readonly database: Database,
    private readonly facts: PlayFacts,
  ) {}

  async find(progressId: number, userId: number): Promise<ProgressEntity | undefined> {
    const [row] = await this.database.prepared<ProgressEntity>(FIND, [progressId, userId]);
    return row;
  }

  async findOfAnyone(progressId: number): Promise<ProgressEntity | undefined> {
    const [row] = await this.database.query<ProgressEntity>(
      `SELECT ${COLUMNS} FROM user_progress WHERE progress_id = $1 AND deleted_at IS NULL`,
      [progressId],
    );
    return row;
  }

  /** The user's latest playthrough of a story. */
  async findLatest(
    userId: number,
    storyId: number,
    { unfinished }: { unfinished: boolean },
  ): Promise<ProgressEntity | undefined> {
    const [row] = await this.database.prepared<ProgressEntity>(FIND_LATEST, [
      userId,
      storyId,
      unfinished,
    ]);
    return row;
  }

  /** The user's latest unfinished playthrough of a story, or else the latest. */
  async findCurrent(userId: number, storyId: number): Promise<ProgressEntity | undefined> {
    const [row] = await this.database.prepared<ProgressEntity>(FIND_CURRENT, [userId, storyId]);
    return row;
  }

  /** Latest first. */
  findPage(
    userId: number,
    isCompleted: boolean | undefined,
    limit: number,
    after: Keyset | undefined,
  ): Promise<ProgressEntity[]> {
    const page = this.#ofUser(userId, isCompleted);
    if (after !== undefined) {
      page.andWhere('(progress.lastUpdated, progress.progressId) < (:time::timestamptz, :id)', {
        time: after[0],
        id: after[1],
      });
    }
    return page
      .orderBy('progress.lastUpdated', 'DESC')
      .addOrderBy('progress.progressId', 'DESC')
      .limit(limit)
      .getMany();
  }

  count(userId: number, isCompleted: boolean | undefined): Promise<number> {
    return this.#ofUser(userId, isCompleted).getCount();
  }

  /** Makes calls that start the same story for the same user take turns until the transaction ends. */
  async lockStart(userId: number, storyId: number): Promise<void> {
    await this.database.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('start:' || $1::text || ':' || $2::text, 0))`,
      [userId, storyId],
    );
  }

  async insert(begun: Begun): Promise<ProgressEntity> {
    const [row] = await this.database.prepared<ProgressEntity>(BEGIN, [
      begun.userId,
      begun.storyId,
      begun.versionId,
      begun.state.node,
      begun.state,
      begun.startTime,
      begun.seed,
      begun.isCompleted,
      begun.ending,
      begun.collected,
    ]);
    this.facts.tell();
    return row!;
  }

  /** Moves a playthrough by several choices at once. @returns undefined when it was not at `from` any more */
  async extend(
    progress: Pick<ProgressEntity, 'progressId' | 'state' | 'isCompleted' | 'ending'>,
    from: number,
    path: readonly PathStep[],
  ): Promise<ProgressEntity | undefined> {
    const [row] = await this.database.query<ProgressEntity>(
      `WITH moved AS (
         UPDATE user_progress
         SET current_node_id = $3, state = $4, step = step + cardinality($7::bigint[]),
             is_completed = $5, ending = $6, last_updated = now()
         WHERE progress_id = $1 AND step = $2 AND deleted_at IS NULL
         RETURNING ${COLUMNS}
       ), recorded AS (
         INSERT INTO progress_steps
           (progress_id, seq, node_id, choice_id, to_node_id, at, day, outcome, version_id, is_end, collected)
         SELECT $1, $2 + path.place - 1, path.node_id, path.choice_id, path.to_node_id, "lastUpdated",
                ${dayOf('"userId"')}, path.outcome, "versionId", $5 AND path.place = cardinality($7::bigint[]),
                string_to_array(path.collected, ' ')
         FROM moved, unnest($7::bigint[], $8::bigint[], $9::bigint[], $10::jsonb[], $11::text[])
           WITH ORDINALITY AS path (node_id, choice_id, to_node_id, outcome, collected, place)
         RETURNING progress_id, seq
       ), told AS (
         INSERT INTO play_facts (progress_id, seq) SELECT progress_id, seq FROM recorded
       )
       SELECT * FROM moved`,
      [
        progress.progressId,
        from,
        progress.state.node,
        progress.state,
        progress.isCompleted,
        progress.ending,
        path.map(({ nodeId }) => nodeId),
        path.map(({ choiceId }) => choiceId),
        path.map(({ toNodeId }) => toNodeId),
        path.map(({ outcome }) => outcome && JSON.stringify(outcome)),
        path.map(({ collected }) => collected?.join(' ')),
      ],
    );
    this.facts.tell();
    return row;
  }

  /** Records what a reader did between choices. @returns undefined when this step has been made already */
  async change(change: Change): Promise<ProgressEntity | undefined> {
    const [row] = await this.database.query<ProgressEntity>(
      `WITH moved AS (
         UPDATE user_progress
         SET current_node_id = $3, state = $4, step = step + 1, is_completed = $5, ending = $6,
             last_updated = now(), version_id = $9,
             moved_at = CASE WHEN version_id = $9 THEN moved_at ELSE now() END
         WHERE progress_id = $1 AND step = $2 AND deleted_at IS NULL
         RETURNING ${COLUMNS}
       ), recorded AS (
         INSERT INTO progress_steps (progress_id, seq, node_id, to_node_id, at, day, outcome, version_id)
         SELECT $1, $2, $7, $3, "lastUpdated", ${dayOf('"userId"')}, $8, $9 FROM moved
       )
       SELECT * FROM moved`,
      [
        change.progressId,
        change.step,
        change.state.node,
        change.state,
        change.isCompleted,
        change.ending,
        change.nodeId,
        change.outcome,
        change.versionId,
      ],
    );
    return row;
  }

  /** Marks all choices of a playthrough undone but those that stand. @param seqs the numbers of those that stand */
  async markUndone(progressId: number, seqs: readonly number[]): Promise<void> {
    await this.database.query(
      `UPDATE progress_steps SET undone = NOT undone
       WHERE progress_id = $1 AND choice_id IS NOT NULL AND undone = (seq = ANY ($2))`,
      [progressId, seqs],
    );
  }

  /** The number of the `count`-th last choice that stands, or undefined when there are fewer. */
  async lastStanding(progressId: number, count: number): Promise<number | undefined> {
    const [row] = await this.database.query<{ seq: number }>(
      `SELECT seq FROM progress_steps WHERE progress_id = $1 AND choice_id IS NOT NULL AND NOT undone
       ORDER BY seq DESC OFFSET $2 - 1 LIMIT 1`,
      [progressId, count],
    );
    return row?.seq;
  }

  findStep(progressId: number, seq: number): Promise<ProgressStepEntity | null> {
    return this.#steps.findOneBy({ progressId, seq });
  }

  /** The first `count` steps of a playthrough, in order. */
  findSteps(progressId: number, count: number): Promise<ProgressStepEntity[]> {
    return this.#steps.find({
      where: { progressId, seq: LessThan(count) },
      order: { seq: 'ASC' },
    });
  }

  /** The first `limit` choices that stand after step `after` of each of some playthroughs, in order, by playthrough. */
  async findPaths(
    progressIds: readonly number[],
    limit: number,
    after = -1,
  ): Promise<Map<number, (ProgressStepEntity & { choiceId: number })[]>> {
    const steps = await this.database.query<ProgressStepEntity & { choiceId: number }>(
      `SELECT page.progress_id AS "progressId", seq, node_id AS "nodeId", choice_id AS "choiceId",
              to_node_id AS "toNodeId", at, day, outcome, version_id AS "versionId", is_end AS "isEnd", collected, undone
       FROM unnest($1::bigint[]) AS progress (id) CROSS JOIN LATERAL (
         SELECT * FROM progress_steps
         WHERE progress_id = progress.id AND seq > $2 AND choice_id IS NOT NULL AND NOT undone
         ORDER BY seq LIMIT $3
       ) AS page
       ORDER BY page.progress_id, seq`,
      [progressIds, after, limit],
    );
    return Map.groupBy(steps, ({ progressId }) => progressId);
  }

  /** @returns whether the user had such a playthrough */
  async delete(progressId: number, userId: number): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE user_progress SET deleted_at = now()
       WHERE progress_id = $1 AND user_id = $2 AND deleted_at IS NULL RETURNING progress_id`,
      [progressId, userId],
    );
    return rows.length > 0;
  }

  #ofUser(userId: number, isCompleted: boolean | undefined) {
    const mine = this.#progress
      .createQueryBuilder('progress')
      .where('progress.userId = :userId AND progress.deletedAt IS NULL', { userId });
    return isCompleted === undefined
      ? mine
      : mine.andWhere('progress.isCompleted = :isCompleted', { isCompleted });
  }

  get #progress() {
    return this.database.manager.getRepository(ProgressEntity);
  }

  get #steps() {
    return this.database.manager.getRepository(ProgressStepEntity);
  }
}
