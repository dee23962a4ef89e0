import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UserRepository } from '../../auth/users/user.repository.js';
import { Database } from '../../database/database.js';
import { encodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { inBatches } from '../../jobs/in-batches.js';
import { Jobs } from '../../jobs/jobs.js';
import { Storage } from '../../media/storage/storage.js';
import { linkIsOver, tooManyExports } from '../privacy.errors.js';
import type { DataExportEntity } from './data-export.entity.js';
import { DataExportLinks } from './data-export.links.js';
import { DataExportRepository } from './data-export.repository.js';
import type { DataExport, DataExportStatus } from './data-export.type.js';
import { DataExportWriter } from './data-export.writer.js';

const QUEUE = 'export-data';
const SWEEP = 'sweep-data-exports';
const SWEEP_SECONDS = 3600;

/** How many days a file is kept. */
const DAYS = 7;
const DAY = 86_400_000;

/** How many files a person may have at a time. */
const MOST = 3;

/** How many files are deleted at a time. */
const BATCH = 100;

/** Gives people all that is kept of them. */
@Injectable()
export class DataExportService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly users: UserRepository,
    private readonly exports: DataExportRepository,
    private readonly links: DataExportLinks,
    private readonly storage: Storage,
    private readonly writer: DataExportWriter,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ exportId: number }>(
      QUEUE,
      ({ exportId }, signal) => this.#run(exportId, signal),
      async ({ exportId }) => {
        await this.exports.update(exportId, { status: 'failed', finishedAt: new Date() });
      },
    );
    this.jobs.handleEvery(SWEEP_SECONDS, SWEEP, () => this.sweep());
  }

  /**
   * Queues an export; while one is not done, that is the one.
   * @throws {ApiError} `RATE_LIMITED` when the viewer has too many already
   */
  request({ userId }: Viewer): Promise<DataExport> {
    return this.database.transaction(async () => {
      await this.users.lock(userId);
      const unfinished = await this.exports.findUnfinished(userId);
      if (unfinished !== null) return this.#told(unfinished);
      if ((await this.exports.findOf(userId)).length >= MOST) throw tooManyExports(MOST);
      const made = await this.exports.insert({ userId, key: `data-exports/${randomUUID()}.json` });
      await this.jobs.send(QUEUE, { exportId: made.exportId });
      return this.#told(made);
    });
  }

  /** Newest first. */
  async list({ userId }: Viewer): Promise<DataExport[]> {
    const rows = await this.exports.findOf(userId);
    return rows.map((row) => this.#told(row));
  }

  /** The file that a link gives. @throws {ApiError} `NOT_FOUND` when the link was altered, or it or the file is over */
  async follow(token: string): Promise<{ stream: Readable; size: number }> {
    const exportId = this.links.read(token);
    const made = exportId === undefined ? null : await this.exports.find(exportId);
    if (made?.status !== 'done') throw linkIsOver();
    return { stream: await this.storage.stream(made.key), size: made.size! };
  }

  /** Deletes the files that are too old. */
  sweep(): Promise<void> {
    return inBatches(
      () => this.exports.findOld(DAYS, BATCH),
      (each) => this.#delete(each),
    );
  }

  /** Deletes all files of a person. */
  async deleteOf(userId: number): Promise<void> {
    for (const each of await this.exports.findOf(userId)) await this.#delete(each);
  }

  async #run(exportId: number, signal: AbortSignal): Promise<void> {
    const made = await this.exports.find(exportId);
    if (made === null || made.status === 'done') return;
    await this.exports.update(exportId, { status: 'running' });
    const folder = await mkdtemp(join(tmpdir(), 'talegraph-'));
    try {
      const path = join(folder, 'data.json');
      await this.writer.write(path, made.userId, signal);
      await this.storage.putStream(made.key, createReadStream(path));
      const { size } = await stat(path);
      const done = { status: 'done', size, finishedAt: new Date() } as const;
      // The account was deleted meanwhile: nobody is to have the file.
      if (!(await this.exports.update(exportId, done))) await this.storage.delete(made.key);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /**
   * The row is held while the file goes, so that whoever writes the file finds no row afterwards, and takes it away again.
   * Where it does not go, the row stays: a file without a row would never be found.
   */
  async #delete({ exportId, key }: DataExportEntity): Promise<void> {
    await this.database.transaction(async () => {
      await this.exports.delete(exportId);
      await this.storage.delete(key);
    });
  }

  #told({ exportId, status, size, createdAt }: DataExportEntity): DataExport {
    return {
      id: encodeId('dataExport', exportId),
      status: status as DataExportStatus,
      size,
      url: status === 'done' ? this.links.make(exportId) : null,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + DAYS * DAY),
    };
  }
}
