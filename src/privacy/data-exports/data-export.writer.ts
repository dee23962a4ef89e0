import { open, type FileHandle } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { ExportFormat } from '../../publishing/exports/export.type.js';
import { ExportService } from '../../publishing/exports/export.service.js';
import { PERSONAL_DATA } from '../personal-data/personal-data.js';
import { PersonalDataRepository } from './personal-data.repository.js';

/** Writes all that is kept of a person into a file, piece by piece, so that it never lies in memory as a whole. */
@Injectable()
export class DataExportWriter {
  constructor(
    private readonly database: Database,
    private readonly data: PersonalDataRepository,
    private readonly stories: ExportService,
  ) {}

  /**
   * @param path a file that is not there yet; only this user of the machine may read it
   * @param signal breaks the work off when aborted
   */
  async write(path: string, userId: number, signal: AbortSignal): Promise<void> {
    const file = await open(path, 'wx', 0o600);
    try {
      const head = { format: 'talegraph-personal-data', version: 1, writtenAt: new Date() };
      await file.write(`${JSON.stringify(head).slice(0, -1)},\n`);
      await this.database.transaction(() => this.#rows(file, userId, signal));
      await this.#stories(file, userId, signal);
      await file.write('}\n');
    } finally {
      await file.close();
    }
  }

  /** As of one instant. */
  async #rows(file: FileHandle, userId: number, signal: AbortSignal): Promise<void> {
    await this.database.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await file.write(`"account": ${await this.data.account(userId)},\n`);
    for (const { exported } of PERSONAL_DATA) {
      if (exported === undefined) continue;
      await file.write(`"${exported.section}": [`);
      let separator = '\n';
      for await (const rows of this.data.read(exported.rows, userId)) {
        signal.throwIfAborted();
        await file.write(separator + rows.join(',\n'));
        separator = ',\n';
      }
      await file.write('],\n');
    }
  }

  /** With all their nodes, choices and media, as Talegraph JSON. */
  async #stories(file: FileHandle, userId: number, signal: AbortSignal): Promise<void> {
    await file.write('"stories": [');
    let separator = '\n';
    for (const story of await this.data.stories(userId)) {
      const { stream } = await this.stories.write(story, ExportFormat.TALEGRAPH_JSON);
      await file.write(separator);
      for await (const bytes of stream()) {
        signal.throwIfAborted();
        await file.write(bytes as Buffer);
      }
      separator = ',\n';
    }
    await file.write(']\n');
  }
}
