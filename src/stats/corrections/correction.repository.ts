import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Database } from '../../database/database.js';
import { CorrectionEntity } from './correction.entity.js';

export type NewCorrection = Omit<CorrectionEntity, 'correctionId' | 'createdAt'>;

@Injectable()
export class CorrectionRepository {
  constructor(private readonly database: Database) {}

  insert(correction: NewCorrection): Promise<CorrectionEntity> {
    return this.#corrections.save(this.#corrections.create(correction));
  }

  /** Of one reader, the latest first. @param before the id of the last one of the page before */
  page(userId: number, limit: number, before: number | undefined): Promise<CorrectionEntity[]> {
    return this.#corrections.find({
      where: { userId, ...(before !== undefined && { correctionId: LessThan(before) }) },
      order: { correctionId: 'DESC' },
      take: limit,
    });
  }

  count(userId: number): Promise<number> {
    return this.#corrections.countBy({ userId });
  }

  get #corrections() {
    return this.database.manager.getRepository(CorrectionEntity);
  }
}
