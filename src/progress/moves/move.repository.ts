import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Obstacle } from '../../engine/core/move.js';
import { Database } from '../../database/database.js';
import { PlaythroughMoveEntity } from './playthrough-move.entity.js';
import type { Replacement } from './replacements.js';

/** What became of some playthroughs. */
export interface Tally {
  moved: number;
  failed: number;
  readonly obstacles: Partial<Record<Obstacle, number>>;
}

@Injectable()
export class MoveRepository {
  constructor(private readonly database: Database) {}

  insert(
    move: Pick<PlaythroughMoveEntity, 'storyId' | 'versionId' | 'requestedBy' | 'replacements'>,
  ): Promise<PlaythroughMoveEntity> {
    return this.#moves.save(this.#moves.create(move)).then(({ moveId }) => this.find(moveId));
  }

  find(moveId: number): Promise<PlaythroughMoveEntity> {
    return this.#moves.findOneByOrFail({ moveId });
  }

  /** Moves of the same story take turns until the transaction ends. @returns how far this one is */
  async takeTurn({ moveId, storyId }: PlaythroughMoveEntity): Promise<PlaythroughMoveEntity> {
    await this.database.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('moves:' || $1::text, 0))`,
      [storyId],
    );
    return this.find(moveId);
  }

  /** Notes what became of the playthroughs up to an id. */
  async note(
    moveId: number,
    lastLooked: number,
    { moved, failed, obstacles }: Tally,
  ): Promise<void> {
    await this.database.query(
      `UPDATE playthrough_moves SET last_looked = $2, moved = moved + $3, failed = failed + $4,
         obstacles = obstacles || coalesce((
           SELECT jsonb_object_agg(key, value::integer + coalesce((obstacles->>key)::integer, 0))
           FROM jsonb_each_text($5)
         ), '{}')
       WHERE move_id = $1`,
      [moveId, lastLooked, moved, failed, obstacles],
    );
  }

  async begin(moveId: number): Promise<void> {
    await this.#moves.update({ moveId }, { status: 'running' });
  }

  async finish(moveId: number): Promise<void> {
    await this.#moves.update({ moveId }, { status: 'done', finishedAt: () => 'now()' });
  }

  async fail(moveId: number, error: string): Promise<void> {
    await this.#moves.update(
      { moveId, finishedAt: IsNull() },
      { status: 'failed', error, finishedAt: () => 'now()' },
    );
  }

  /** What the latest move to a version put in the place of nodes. */
  async replacementsFor(versionId: number): Promise<readonly Replacement[]> {
    const latest = await this.#moves.findOne({ where: { versionId }, order: { moveId: 'DESC' } });
    return latest?.replacements ?? [];
  }

  /** The moves of a story, newest first. */
  findPage(storyId: number, limit: number, before?: number): Promise<PlaythroughMoveEntity[]> {
    return this.#moves
      .createQueryBuilder('move')
      .where('move.storyId = :storyId', { storyId })
      .andWhere(before === undefined ? 'true' : 'move.moveId < :before', { before })
      .orderBy('move.moveId', 'DESC')
      .limit(limit)
      .getMany();
  }

  count(storyId: number): Promise<number> {
    return this.#moves.countBy({ storyId });
  }

  get #moves() {
    return this.database.manager.getRepository(PlaythroughMoveEntity);
  }
}
