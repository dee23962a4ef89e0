import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { ReviewVoteEntity } from './review-vote.entity.js';

@Injectable()
export class VoteRepository {
  constructor(private readonly database: Database) {}

  /** Which of some reviews a user found helpful. */
  async findOwn(userId: number, reviewIds: readonly number[]): Promise<Map<number, boolean>> {
    const rows = await this.#votes
      .createQueryBuilder('vote')
      .where('vote.userId = :userId', { userId })
      .andWhere('vote.reviewId = ANY(:reviewIds)', { reviewIds })
      .getMany();
    return new Map(rows.map(({ reviewId }) => [reviewId, true]));
  }

  /** @returns whether it was not there */
  async insert(reviewId: number, userId: number): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO review_votes (review_id, user_id) VALUES ($1, $2)
       ON CONFLICT DO NOTHING RETURNING review_id`,
      [reviewId, userId],
    );
    return rows.length > 0;
  }

  /** @returns whether it was there */
  async delete(reviewId: number, userId: number): Promise<boolean> {
    const { affected } = await this.#votes.delete({ reviewId, userId });
    return affected === 1;
  }

  async deleteAll(reviewId: number): Promise<void> {
    await this.#votes.delete({ reviewId });
  }

  get #votes() {
    return this.database.manager.getRepository(ReviewVoteEntity);
  }
}
