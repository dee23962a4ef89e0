import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { CollaboratorRole } from '../story.policy.js';
import { CollaboratorEntity } from './collaborator.entity.js';

@Injectable()
export class CollaboratorRepository {
  constructor(private readonly database: Database) {}

  /** What a user is to some stories of others; stories that they do not work on are left out. */
  async rolesOf(
    userId: number,
    storyIds: readonly number[],
  ): Promise<Map<number, CollaboratorRole>> {
    const rows = await this.#collaborators
      .createQueryBuilder('collaborator')
      .where('collaborator.userId = :userId', { userId })
      .andWhere('collaborator.storyId = ANY(:storyIds)', { storyIds })
      .getMany();
    return new Map(rows.map(({ storyId, role }) => [storyId, role]));
  }

  get #collaborators() {
    return this.database.manager.getRepository(CollaboratorEntity);
  }
}
