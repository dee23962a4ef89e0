import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../database/database.js';
import { DataExportEntity } from './data-export.entity.js';

@Injectable()
export class DataExportRepository {
  constructor(private readonly database: Database) {}

  find(exportId: number): Promise<DataExportEntity | null> {
    return this.#exports.findOneBy({ exportId });
  }

  /** Newest first. */
  findOf(userId: number): Promise<DataExportEntity[]> {
    return this.#exports.find({ where: { userId }, order: { exportId: 'DESC' } });
  }

  findUnfinished(userId: number): Promise<DataExportEntity | null> {
    return this.#exports.findOneBy({ userId, status: In(['queued', 'running']) });
  }

  /** Those that are older than some days, up to a number of them. */
  findOld(days: number, limit: number): Promise<DataExportEntity[]> {
    return this.#exports
      .createQueryBuilder('export')
      .where(`export.createdAt < now() - make_interval(days => :days)`, { days })
      .orderBy('export.createdAt')
      .limit(limit)
      .getMany();
  }

  insert(made: Pick<DataExportEntity, 'userId' | 'key'>): Promise<DataExportEntity> {
    return this.#exports.save(this.#exports.create(made));
  }

  /** @returns whether there is still such an export */
  async update(
    exportId: number,
    changes: Partial<Pick<DataExportEntity, 'status' | 'size' | 'finishedAt'>>,
  ): Promise<boolean> {
    const { affected } = await this.#exports.update({ exportId }, changes);
    return affected === 1;
  }

  async delete(exportId: number): Promise<void> {
    await this.#exports.delete({ exportId });
  }

  get #exports() {
    return this.database.manager.getRepository(DataExportEntity);
  }
}
