import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database } from '../../database/database.js';
import type { FileProblem } from '../formats/place.js';
import {
  ImportJobEntity,
  ImportStoryEntity,
  type ImportChanges,
  type ImportRequest,
} from './import-job.entity.js';

export interface NewImport {
  readonly userId: number;
  readonly request: ImportRequest;
  readonly content: string | null;
  readonly moreContent: string | null;
}

export type StoryResult = Omit<ImportStoryEntity, 'importId' | 'place'>;

@Injectable()
export class ImportRepository {
  constructor(private readonly database: Database) {}

  find(importId: number): Promise<ImportJobEntity | null> {
    return this.#jobs.findOneBy({ importId });
  }

  /** Newest first, without what was imported. */
  findPage(userId: number, limit: number, before?: number): Promise<ImportJobEntity[]> {
    return this.#of(userId)
      .andWhere(before === undefined ? 'true' : 'job.importId < :before', { before })
      .orderBy('job.importId', 'DESC')
      .limit(limit)
      .getMany();
  }

  count(userId: number): Promise<number> {
    return this.#of(userId).getCount();
  }

  /** How many of a user’s imports are not done. Others of the user’s wait until the transaction ends. */
  async countUnfinished(userId: number): Promise<number> {
    await this.database.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('import:' || $1::text, 0))`,
      [userId],
    );
    return this.#of(userId).andWhere(`job.status IN ('queued', 'running')`).getCount();
  }

  insert(job: NewImport): Promise<ImportJobEntity> {
    return this.#jobs.save(this.#jobs.create(job));
  }

  async begin(importId: number): Promise<void> {
    await this.#jobs.update({ importId }, { status: 'running', phase: 'reading' });
  }

  async beginWriting(importId: number, storiesTotal: number): Promise<void> {
    await this.#jobs.update({ importId }, { phase: 'writing', storiesTotal });
  }

  /** Forgets the file, which is imported now. */
  async finish(importId: number, problems: readonly FileProblem[]): Promise<void> {
    await this.#end(importId, { status: 'done', problems: [...problems] });
  }

  async fail(importId: number, error: string): Promise<void> {
    await this.#end(importId, { status: 'failed', error });
  }

  async insertStory(importId: number, place: number, result: StoryResult): Promise<void> {
    const changes = result.changes as object | null;
    await this.#stories.insert({ importId, place, ...result, changes });
  }

  /** What became of the stories of some imports, in the order of their files. */
  async findStories(importIds: readonly number[]): Promise<Map<number, ImportStoryEntity[]>> {
    const rows = await this.#stories
      .createQueryBuilder('story')
      .where('story.importId = ANY(:importIds)', { importIds })
      .orderBy('story.importId')
      .addOrderBy('story.place')
      .getMany();
    return Map.groupBy(rows, ({ importId }) => importId);
  }

  /** What some of them do to the drafts that are there, in their order; null where there was none, or nothing changes. */
  async findChanges(
    stories: readonly Pick<ImportStoryEntity, 'importId' | 'place'>[],
  ): Promise<(ImportChanges | null)[]> {
    const rows = await this.database.query<{ changes: ImportChanges | null }>(
      `SELECT changes FROM unnest($1::bigint[], $2::integer[]) WITH ORDINALITY AS wanted (import_id, place, i)
         LEFT JOIN import_stories USING (import_id, place)
       ORDER BY i`,
      [stories.map(({ importId }) => importId), stories.map(({ place }) => place)],
    );
    return rows.map(({ changes }) => changes);
  }

  /** How many stories of some imports are dealt with. */
  async countStories(importIds: readonly number[]): Promise<Map<number, number>> {
    const rows = await this.database.query<{ importId: number; count: number }>(
      `SELECT import_id AS "importId", count(*) AS count FROM import_stories
       WHERE import_id = ANY($1) GROUP BY import_id`,
      [importIds],
    );
    return new Map(rows.map(({ importId, count }) => [importId, count]));
  }

  async #end(importId: number, changes: Partial<ImportJobEntity>): Promise<void> {
    await this.#jobs.update(
      { importId, finishedAt: IsNull() },
      {
        ...changes,
        phase: null,
        content: null,
        moreContent: null,
        finishedAt: () => 'now()',
      },
    );
  }

  /** Lists leave the files aside, which may be large. */
  #of(userId: number) {
    const columns = this.#jobs.metadata.columns.map(({ propertyName }) => propertyName);
    return this.#jobs
      .createQueryBuilder('job')
      .select(columns.filter((name) => !name.endsWith('ontent')).map((name) => `job.${name}`))
      .where('job.userId = :userId', { userId });
  }

  get #jobs() {
    return this.database.manager.getRepository(ImportJobEntity);
  }

  get #stories() {
    return this.database.manager.getRepository(ImportStoryEntity);
  }
}
