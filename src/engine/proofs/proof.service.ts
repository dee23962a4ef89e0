import { setImmediate } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Jobs } from '../../jobs/jobs.js';
import { StoryService } from '../../stories/story.service.js';
import { contentHashOf } from '../content-hash.js';
import { compile, type CompiledStory } from '../core/story.js';
import { Exploration } from '../core/prover/exploration.js';
import { recordOf, type ProofRecord } from '../core/prover/proof-record.js';
import { MOST_STATES } from '../core/prover/prove.js';
import { DraftDefinitionRepository } from '../draft-definition.repository.js';
import type { ProofEntity } from './proof.entity.js';
import { ProofRepository } from './proof.repository.js';

const QUEUE = 'prove-story';

/** How many states are looked at before other requests get their turn: some milliseconds. */
const SLICE = 500;

/** How often a proof in the background tells how far it is, in milliseconds. */
const TOLD_EVERY = 500;

/** The longest that a proof goes on, in milliseconds: in the background, and while somebody waits. */
const LONGEST = { job: 60_000, waiting: 3000 };

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
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ proofId: number }>(QUEUE, ({ proofId }, signal) =>
      this.#run(proofId, signal),
    );
  }

  /** Has the draft proved in the background. A content that is proved already is not proved again. */
  async request(viewer: Viewer, storyId: number): Promise<ProofEntity> {
    await this.stories.getInspectable(viewer, storyId);
    const definition = await this.drafts.load(storyId);
    const hash = contentHashOf(definition);
    const proof = await this.database.transaction(async () => {
      const queued = await this.proofs.queue(storyId, hash, definition);
      if (queued !== undefined) await this.jobs.send(QUEUE, { proofId: queued.proofId });
      return queued ?? (await this.proofs.findByContent(storyId, hash));
    });
    if (proof === null) throw new Error(`The proof of story ${storyId} is gone.`);
    return proof;
  }

  /** The proof of the draft as it is now, else the latest one of an earlier draft. */
  async ofDraft(viewer: Viewer, storyId: number): Promise<ProofEntity | null> {
    await this.stories.getInspectable(viewer, storyId);
    const hash = contentHashOf(await this.drafts.load(storyId));
    return (await this.proofs.findByContent(storyId, hash)) ?? this.proofs.latest(storyId);
  }

  /** Whether a proof is about its story's draft as that is now. */
  async isCurrent({ storyId, contentHash }: ProofEntity): Promise<boolean> {
    return contentHashOf(await this.drafts.load(storyId)) === contentHash;
  }

  /** What is known of a content, proved now for as long as somebody can wait where nothing is known yet. */
  async verdictOn(storyId: number, hash: string, story: CompiledStory): Promise<ProofRecord> {
    const known = await this.proofs.findByContent(storyId, hash);
    if (known?.result) return known.result;
    const result = await this.prove(story, { longest: LONGEST.waiting });
    await this.proofs.finish(storyId, hash, result);
    return result;
  }

  /** Proves a story, giving way to other work again and again. */
  async prove(
    story: CompiledStory,
    { longest, signal, onProgress }: Bounds = { longest: LONGEST.job },
  ): Promise<ProofRecord> {
    const exploration = new Exploration(story, MOST_STATES);
    const until = performance.now() + longest;
    let told = performance.now();
    while (exploration.run(SLICE) && performance.now() < until) {
      signal?.throwIfAborted();
      if (performance.now() > told + TOLD_EVERY) {
        await onProgress?.(exploration.expanded);
        told = performance.now();
      }
      await setImmediate();
    }
    return recordOf(exploration);
  }

  async #run(proofId: number, signal: AbortSignal): Promise<void> {
    const proof = await this.proofs.find(proofId);
    if (!proof?.definition) return;
    await this.proofs.progress(proofId, 0);
    try {
      const result = await this.prove(compile(proof.definition), {
        longest: LONGEST.job,
        signal,
        onProgress: (states) => this.proofs.progress(proofId, states),
      });
      await this.proofs.finish(proof.storyId, proof.contentHash, result);
    } catch (error) {
      // A server that stops leaves the proof to the next one.
      if (!signal.aborted)
        await this.proofs.fail(proofId, 'The proof broke off; ask for it again.');
      throw error;
    }
  }
}
