import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { StoryRole } from '../story.policy.js';
import { InvitationEntity } from './invitation.entity.js';

/** Whom an invitation is for: a user, or whoever has confirmed the address in an account. */
export type Invitee =
  | { readonly userId: number; readonly email?: undefined }
  | { readonly email: string; readonly userId?: undefined };

/** What a user, `:userId`, has been offered, by name or at a confirmed address, in stories of others that are still there. */
const OF_USER = `(invitation.user_id = :userId
    OR lower(invitation.email) = (SELECT lower(email) FROM users
      WHERE user_id = :userId AND email_confirmed_at IS NOT NULL))
  AND EXISTS (SELECT FROM stories WHERE stories.story_id = invitation.story_id
    AND deleted_at IS NULL AND author_id <> :userId)`;

@Injectable()
export class InvitationRepository {
  constructor(private readonly database: Database) {}

  findById(invitationId: number): Promise<InvitationEntity | null> {
    return this.#invitations.findOneBy({ invitationId });
  }

  async findByIds(invitationIds: readonly number[]): Promise<Map<number, InvitationEntity>> {
    const rows = await this.#invitations
      .createQueryBuilder('invitation')
      .where('invitation.invitationId = ANY(:invitationIds)', { invitationIds })
      .getMany();
    return new Map(rows.map((row) => [row.invitationId, row]));
  }

  /** The invitation with this id, if it is for the user. */
  findOfUser(invitationId: number, userId: number): Promise<InvitationEntity | null> {
    return this.#ofUser(userId)
      .andWhere('invitation.invitationId = :invitationId', { invitationId })
      .getOne();
  }

  /** Those for a user, newest first. */
  findPage(userId: number, limit: number, before?: number): Promise<InvitationEntity[]> {
    return this.#ofUser(userId)
      .andWhere(before === undefined ? 'true' : 'invitation.invitationId < :before', { before })
      .orderBy('invitation.invitationId', 'DESC')
      .limit(limit)
      .getMany();
  }

  count(userId: number): Promise<number> {
    return this.#ofUser(userId).getCount();
  }

  /** Those to each of some stories, oldest first. */
  async findByStories(storyIds: readonly number[]): Promise<Map<number, InvitationEntity[]>> {
    const rows = await this.#invitations
      .createQueryBuilder('invitation')
      .where('invitation.storyId = ANY(:storyIds)', { storyIds })
      .orderBy('invitation.invitationId')
      .getMany();
    return Map.groupBy(rows, ({ storyId }) => storyId);
  }

  /** How many a story has; those to own it are to collaborators, and do not count. */
  async countOfStory(storyId: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM story_invitations WHERE story_id = $1 AND role <> 'owner'`,
      [storyId],
    );
    return row?.count ?? 0;
  }

  /** Changes the one that somebody has to a story already. @returns null when they have none */
  async change(
    storyId: number,
    { userId, email }: Invitee,
    { role, invitedBy }: Pick<InvitationEntity, 'role' | 'invitedBy'>,
  ): Promise<InvitationEntity | null> {
    const [changed] = await this.database.query<{ invitationId: number }>(
      `UPDATE story_invitations SET role = $4, invited_by = $5
       WHERE story_id = $1 AND (user_id = $2 OR lower(email) = lower($3))
       RETURNING invitation_id AS "invitationId"`,
      [storyId, userId ?? null, email ?? null, role, invitedBy],
    );
    return changed === undefined ? null : this.findById(changed.invitationId);
  }

  insert(
    invitation: Invitee & Pick<InvitationEntity, 'storyId' | 'role' | 'invitedBy'>,
  ): Promise<InvitationEntity> {
    return this.#invitations.save(
      this.#invitations.create({ userId: null, email: null, ...invitation }),
    );
  }

  /** @returns whether it was there: of several calls at once, one alone is told so */
  async delete(invitationId: number): Promise<boolean> {
    const { affected } = await this.#invitations.delete({ invitationId });
    return affected === 1;
  }

  /** Those that name the user; those to an address do not tell whose it is, and stay. */
  async deleteOfUser(storyId: number, userId: number): Promise<void> {
    await this.#invitations.delete({ storyId, userId });
  }

  async deleteOfRole(storyId: number, role: StoryRole): Promise<void> {
    await this.#invitations.delete({ storyId, role });
  }

  #ofUser(userId: number) {
    return this.#invitations.createQueryBuilder('invitation').where(OF_USER, { userId });
  }

  get #invitations() {
    return this.database.manager.getRepository(InvitationEntity);
  }
}
