import { Injectable } from '@nestjs/common';
import { anyOf } from '../../database/any-of.js';
import { Database, type PreparedStatement } from '../../database/database.js';
import type { CollaboratorRole } from '../story.policy.js';
import { CollaboratorEntity } from './collaborator.entity.js';

const ROLES_OF: PreparedStatement = {
  name: 'story-roles-of',
  text: `SELECT story_id AS "storyId", role FROM story_collaborators WHERE user_id = $1 AND story_id = ${anyOf('$2')}`,
};

@Injectable()
export class CollaboratorRepository {
  constructor(private readonly database: Database) {}

  /** What a user is to some stories of others; stories that they do not work on are left out. */
  async rolesOf(
    userId: number,
    storyIds: readonly number[],
  ): Promise<Map<number, CollaboratorRole>> {
    const rows = await this.database.prepared<Pick<CollaboratorEntity, 'storyId' | 'role'>>(
      ROLES_OF,
      [userId, storyIds],
    );
    return new Map(rows.map(({ storyId, role }) => [storyId, role]));
  }

  /** Who works on each of some stories, in the order in which they came. */
  async findByStories(storyIds: readonly number[]): Promise<Map<number, CollaboratorEntity[]>> {
    const rows = await this.#collaborators
      .createQueryBuilder('collaborator')
      .where('collaborator.storyId = ANY(:storyIds)', { storyIds })
      .orderBy('collaborator.addedAt')
      .addOrderBy('collaborator.userId')
      .getMany();
    return Map.groupBy(rows, ({ storyId }) => storyId);
  }

  count(storyId: number): Promise<number> {
    return this.#collaborators.countBy({ storyId });
  }

  /** Adds a collaborator; one who is there already gets the role. */
  async put(
    collaborator: Pick<CollaboratorEntity, 'storyId' | 'userId' | 'role' | 'addedBy'>,
  ): Promise<void> {
    await this.#collaborators
      .createQueryBuilder()
      .insert()
      .values(collaborator)
      .orUpdate(['role'], ['story_id', 'user_id'])
      .execute();
  }

  /** @returns null when the user is no collaborator */
  async setRole(
    storyId: number,
    userId: number,
    role: CollaboratorRole,
  ): Promise<CollaboratorEntity | null> {
    await this.#collaborators.update({ storyId, userId }, { role });
    return this.#collaborators.findOneBy({ storyId, userId });
  }

  /** @returns whether the user was a collaborator */
  async delete(storyId: number, userId: number): Promise<boolean> {
    const { affected } = await this.#collaborators.delete({ storyId, userId });
    return affected === 1;
  }

  get #collaborators() {
    return this.database.manager.getRepository(CollaboratorEntity);
  }
}
