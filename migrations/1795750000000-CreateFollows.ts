import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who follows whom and who keeps whom away, with counts that change in the same transaction. */
export class CreateFollows1795750000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE follows (
        follow_id   bigint GENERATED ALWAYS AS IDENTITY,
        follower_id bigint NOT NULL,
        followed_id bigint NOT NULL,
        followed_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT follows_pkey PRIMARY KEY (follow_id),
        CONSTRAINT follows_follower_id_fkey FOREIGN KEY (follower_id) REFERENCES users,
        CONSTRAINT follows_followed_id_fkey FOREIGN KEY (followed_id) REFERENCES users,
        CONSTRAINT follows_others_check CHECK (follower_id <> followed_id)
      );
      CREATE UNIQUE INDEX follows_pair_key ON follows (follower_id, followed_id);
      CREATE INDEX follows_follower_id_follow_id_idx ON follows (follower_id, follow_id);
      CREATE INDEX follows_followed_id_follow_id_idx ON follows (followed_id, follow_id);

      CREATE TABLE follow_counts (
        user_id   bigint NOT NULL,
        followers integer NOT NULL DEFAULT 0,
        following integer NOT NULL DEFAULT 0,
        CONSTRAINT follow_counts_pkey PRIMARY KEY (user_id),
        CONSTRAINT follow_counts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users
      );

      CREATE TABLE blocks (
        block_id   bigint GENERATED ALWAYS AS IDENTITY,
        blocker_id bigint NOT NULL,
        blocked_id bigint NOT NULL,
        blocked_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT blocks_pkey PRIMARY KEY (block_id),
        CONSTRAINT blocks_blocker_id_fkey FOREIGN KEY (blocker_id) REFERENCES users,
        CONSTRAINT blocks_blocked_id_fkey FOREIGN KEY (blocked_id) REFERENCES users,
        CONSTRAINT blocks_others_check CHECK (blocker_id <> blocked_id)
      );
      CREATE UNIQUE INDEX blocks_pair_key ON blocks (blocker_id, blocked_id);
      CREATE INDEX blocks_blocker_id_block_id_idx ON blocks (blocker_id, block_id);
      CREATE INDEX blocks_blocked_id_idx ON blocks (blocked_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE blocks, follow_counts, follows');
  }
}
