import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database } from '../../database/database.js';
import type { FindingRecord } from '../core/prover/proof-record.js';
import type { Digest, ProofResult } from '../story.tasks.js';
import { ProofEntity } from './proof.entity.js';

/** How many proofs of a story are kept, beside those of its versions. */
const MOST_KEPT = 20;

@Injectable()
export class ProofRepository {
  constructor(private readonly database: Database) {}

  find(proofId: number): Promise<ProofEntity | null> {
    return this.#proofs.findOneBy({ proofId });
  }

  /** A proof that is still to be made, with the story as text; undefined when there is none such. */
  async findQueued(proofId: number): Promise<(Digest & Pick<ProofEntity, 'storyId'>) | undefined> {
    const [row] = await this.database.query<Digest & Pick<ProofEntity, 'storyId'>>(
      `SELECT story_id AS "storyId", content_hash AS "contentHash", definition::text AS story
       FROM story_proofs WHERE proof_id = $1 AND definition IS NOT NULL`,
      [proofId],
    );
    return row;
  }

  /** What a proof of a content has found; undefined when there is none yet. */
  async findings(storyId: number, contentHash: string): Promise<FindingRecord[] | undefined> {
    const [row] = await this.database.query<{ findings: FindingRecord[] }>(
      `SELECT result -> 'findings' AS findings FROM story_proofs
       WHERE story_id = $1 AND content_hash = $2 AND result IS NOT NULL`,
      [storyId, contentHash],
    );
    return row?.findings;
  }

  findByContent(storyId: number, contentHash: string): Promise<ProofEntity | null> {
    return this.#proofs.findOneBy({ storyId, contentHash });
  }

  latest(storyId: number): Promise<ProofEntity | null> {
    return this.#proofs.findOne({ where: { storyId }, order: { proofId: 'DESC' } });
  }

  /** Queues a story to be proved. @returns undefined when that content is queued, running or done already */
  async queue(storyId: number, { story, contentHash }: Digest): Promise<ProofEntity | undefined> {
    const [row] = await this.database.query<{ proofId: number }>(
      `INSERT INTO story_proofs (story_id, content_hash, status, definition)
       VALUES ($1, $2, 'queued', $3)
       ON CONFLICT (story_id, content_hash) DO UPDATE
         SET status = 'queued', definition = excluded.definition, states = 0, error = NULL,
             created_at = now(), finished_at = NULL
         WHERE story_proofs.status = 'failed'
       RETURNING proof_id AS "proofId"`,
      [storyId, contentHash, story],
    );
    return row && ((await this.find(row.proofId)) ?? undefined);
  }

  async progress(proofId: number, states: number): Promise<void> {
    await this.#proofs.update({ proofId }, { status: 'running', states });
  }

  async fail(proofId: number, error: string): Promise<void> {
    await this.#proofs.update(
      { proofId, finishedAt: IsNull() },
      { status: 'failed', error, definition: null, finishedAt: () => 'now()' },
    );
  }

  /** Keeps a result, whether or not it was queued. */
  async finish(
    storyId: number,
    contentHash: string,
    { states, record }: ProofResult,
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO story_proofs (story_id, content_hash, status, states, result, finished_at)
       VALUES ($1, $2, 'done', $3, $4, now())
       ON CONFLICT (story_id, content_hash) DO UPDATE
         SET status = 'done', states = excluded.states, result = excluded.result, definition = NULL,
             error = NULL, finished_at = now()`,
      [storyId, contentHash, states, record],
    );
    await this.#forgetOld(storyId);
  }

  async #forgetOld(storyId: number): Promise<void> {
    await this.database.query(
      `DELETE FROM story_proofs WHERE story_id = $1 AND status IN ('done', 'failed')
       AND proof_id NOT IN (
         SELECT proof_id FROM story_proofs WHERE story_id = $1 ORDER BY proof_id DESC LIMIT $2
       )
       AND content_hash NOT IN (SELECT content_hash FROM story_versions WHERE story_id = $1)`,
      [storyId, MOST_KEPT],
    );
  }

  get #proofs() {
    return this.database.manager.getRepository(ProofEntity);
  }
}
