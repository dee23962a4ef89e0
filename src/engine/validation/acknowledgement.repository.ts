import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AcknowledgementEntity } from './acknowledgement.entity.js';

@Injectable()
export class AcknowledgementRepository {
  constructor(private readonly database: Database) {}

  findAll(storyId: number): Promise<AcknowledgementEntity[]> {
    return this.#acknowledgements.findBy({ storyId });
  }

  async put(storyId: number, finding: string, placeHash: string): Promise<void> {
    await this.#acknowledgements.upsert({ storyId, finding, placeHash }, ['storyId', 'finding']);
  }

  async delete(storyId: number, finding: string): Promise<void> {
    await this.#acknowledgements.delete({ storyId, finding });
  }

  get #acknowledgements() {
    return this.database.manager.getRepository(AcknowledgementEntity);
  }
}
