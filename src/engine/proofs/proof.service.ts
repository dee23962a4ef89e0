import { setTimeout } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Jobs } from '../../jobs/jobs.js';
import { StoryService } from '../../stories/story.service.js';
import { Threads } from '../../threads/threads.js';
import type { FindingRecord } from '../core/prover/proof-record.js';
import { DraftDefinitionRepository } from '../draft-definition.repository.js';
import { STORY_TASKS } from '../story.task-file.js';
import type { Digest, ProofResult } from '../story.tasks.js';
import type { ProofEntity } from './proof.entity.js';
import { ProofRepository } from './proof.repository.js';

const QUEUE = 'prove-story';

/** How often a proof in the background tells how far it is, in milliseconds. */
const TOLD_EVERY = 500;

/** The longest that a proof goes on, in milliseconds: in the background, and while somebody waits. */
const LONGEST = { job: 60_000, waiting: 3000 };

/** How much longer it may take to begin a proof and to write down what it has shown, in milliseconds. */
const AROUND = 60_000;

const GIVEN_UP = 'The proof broke off again and again; ask for it again.';

interface Bounds {
  readonly longest: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (states: number) => Promise<void>;
}

@Injectable()
export class ProofService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly stories: StoryService,
    private readonly drafts: DraftDefinitionRepository,
    private readonly proofs: ProofRepository,
    private readonly threads: Threads,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ proofId: number }>(
      QUEUE,
      ({ proofId }, signal) => this.#run(proofId, signal),
      ({ proofId }) => this.proofs.fail(proofId, GIVEN_UP),
    );
  }

  /** Has the draft proved in the background. A content that is proved already is not proved again. */
  async request(viewer: Viewer, storyId: number): Promise<ProofEntity> {
    await this.stories.getInspectable(viewer, storyId);
    const digest = await this.#digest(storyId);
    const proof = await this.database.transaction(async () => {
      const queued = await this.proofs.queue(storyId, digest);
      if (queued !== undefined) await this.jobs.send(QUEUE, { proofId: queued.proofId });
      return queued ?? (await this.proofs.findByContent(storyId, digest.contentHash));
    });
    if (proof === null) throw new Error(`The proof of story ${storyId} is gone.`);
    return proof;
  }

  /** The proof of the draft as it is now, else the latest one of an earlier draft. */
  async ofDraft(viewer: Viewer, storyId: number): Promise<ProofEntity | null> {
    await this.stories.getInspectable(viewer, storyId);
    const { contentHash } = await this.#digest(storyId);
    return (await this.proofs.findByContent(storyId, contentHash)) ?? this.proofs.latest(storyId);
  }

  /** Whether a proof is about its story's draft as that is now. */
  async isCurrent({ storyId, contentHash }: ProofEntity): Promise<boolean> {
    return (await this.#digest(storyId)).contentHash === contentHash;
  }

  /**
   * What is known to be wrong with a content, proved now for as long as somebody can wait where nothing is known yet. What
   * that leaves open is not kept: a proof in the background looks further.
   */
  async verdictOn(
    storyId: number,
    { story, contentHash }: Digest,
  ): Promise<readonly FindingRecord[]> {
    const known = await this.proofs.findings(storyId, contentHash);
    if (known !== undefined) return known;
    const result = await this.prove(story, { longest: LONGEST.waiting });
    if (result.isComplete) await this.proofs.finish(storyId, contentHash, result);
    return result.findings;
  }

  /** Proves a story. @param story the JSON of its definition */
  async prove(
    story: string,
    { longest, signal, onProgress }: Bounds = { longest: LONGEST.job },
  ): Promise<ProofResult> {
    const looked = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const result = this.threads.run(
      STORY_TASKS,
      'prove',
      { story, longest, looked },
      { longest: longest + AROUND, ...(signal && { signal }) },
    );
    while (onProgress && (await isPending(result, TOLD_EVERY))) {
      await onProgress(Atomics.load(looked, 0));
    }
    return result;
  }

  async #digest(storyId: number): Promise<Digest> {
    return this.threads.run(STORY_TASKS, 'digest', await this.drafts.text(storyId));
  }

  async #run(proofId: number, signal: AbortSignal): Promise<void> {
    const proof = await this.proofs.findQueued(proofId);
    if (proof === undefined) return;
    await this.proofs.progress(proofId, 0);
    const result = await this.prove(proof.story, {
      longest: LONGEST.job,
      signal,
      onProgress: (states) => this.proofs.progress(proofId, states),
    });
    await this.proofs.finish(proof.storyId, proof.contentHash, result);
  }
}

/** Waits for so many milliseconds, or until the work is done if that is sooner. @returns whether it still goes on */
const isPending = (work: Promise<unknown>, ms: number): Promise<boolean> => {
  const isOver = () => false;
  return Promise.race([work.then(isOver, isOver), setTimeout(ms, true)]);
};
