import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { badField, rateLimited } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryService } from '../../stories/story.service.js';
import { Threads } from '../../threads/threads.js';
import type { Strategy } from '../core/simulate.js';
import { DraftDefinitionRepository } from '../draft-definition.repository.js';
import { STORY_TASKS } from '../story.task-file.js';
import type { SimulationOutcome } from '../story.tasks.js';
import { ReaderChoiceRepository } from './reader-choice.repository.js';

/** How long plays are made in all, in milliseconds. */
const LONGEST = 10_000;

/** How many simulations may wait for the one that runs. */
const MOST_WAITING = 5;

export interface SimulationRequest {
  readonly plays: number;
  readonly seed: string;
  readonly strategy: Strategy;
}

/** Plays drafts at random. */
@Injectable()
export class SimulationService {
  /** Several at once would take all threads, and what takes less would wait for them. */
  readonly #oneAtATime = pLimit(1);

  constructor(
    private readonly readers: ReaderChoiceRepository,
    private readonly stories: StoryService,
    private readonly drafts: DraftDefinitionRepository,
    private readonly threads: Threads,
  ) {}

  async simulateDraft(
    viewer: Viewer,
    storyId: number,
    request: SimulationRequest,
  ): Promise<SimulationOutcome> {
    await this.stories.getInspectable(viewer, storyId);
    return this.#inTurn(() => this.simulate(storyId, request));
  }

  /**
   * Plays a version many times, for ten seconds at most. Who may ask for that is for the caller to know.
   * @param snapshot what the version keeps, as JSON
   * @returns undefined when it has no start
   */
  simulateVersion(
    snapshot: string,
    options: SimulationRequest,
  ): Promise<SimulationOutcome | undefined> {
    const task = { of: { snapshot }, options, longest: LONGEST };
    return this.#inTurn(() => this.threads.run(STORY_TASKS, 'simulate', task));
  }

  /** @throws {ApiError} `RATE_LIMITED` while too many wait */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#oneAtATime.pendingCount >= MOST_WAITING) {
      throw rateLimited('Too many simulations are waiting. Try again soon.', LONGEST / 1000);
    }
    return this.#oneAtATime(work);
  }

  /**
   * Plays a draft many times, for ten seconds at most. Where readers made none of the draft’s choices, it chooses evenly.
   * @throws {ApiError} `BAD_USER_INPUT` when the story has no start
   */
  async simulate(storyId: number, request: SimulationRequest): Promise<SimulationOutcome> {
    const weights =
      request.strategy === 'readers' ? await this.readers.choices(storyId) : undefined;
    const outcome = await this.threads.run(STORY_TASKS, 'simulate', {
      of: { draft: await this.drafts.text(storyId) },
      options: { ...request, ...(weights !== undefined && { weights }) },
      longest: LONGEST,
    });
    if (outcome === undefined) {
      throw badField('storyId', 'the story has no start: mark a node with isStart');
    }
    return outcome;
  }
}
