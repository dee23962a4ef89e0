import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { badField, rateLimited } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryService } from '../../stories/story.service.js';
import { Simulator, type Strategy } from '../core/simulate.js';
import type { Simulation } from '../core/simulation.js';
import { compile, startsOf } from '../core/story.js';
import { DraftDefinitionRepository } from '../draft-definition.repository.js';
import { ReaderChoiceRepository } from './reader-choice.repository.js';

/** How long plays are made before other requests get their turn, in milliseconds. */
const SLICE = 10;

/** How long plays are made in all, in milliseconds. */
const LONGEST = 10_000;

/** How many simulations may wait for the one that runs. */
const MOST_WAITING = 5;

export interface SimulationRequest {
  readonly plays: number;
  readonly seed: string;
  readonly strategy: Strategy;
}

/** What came of a simulation, and how its readers really chose. */
export interface SimulationOutcome {
  readonly simulation: Simulation;
  readonly strategy: Strategy;
}

/** Plays drafts at random. */
@Injectable()
export class SimulationService {
  /** Several at once would share one core, and hold up everything else for longer. */
  readonly #oneAtATime = pLimit(1);

  constructor(
    private readonly readers: ReaderChoiceRepository,
    private readonly stories: StoryService,
    private readonly drafts: DraftDefinitionRepository,
  ) {}

  async simulateDraft(
    viewer: Viewer,
    storyId: number,
    request: SimulationRequest,
  ): Promise<SimulationOutcome> {
    await this.stories.getInspectable(viewer, storyId);
    if (this.#oneAtATime.pendingCount >= MOST_WAITING) {
      throw rateLimited('Too many simulations are waiting. Try again soon.', LONGEST / 1000);
    }
    return this.#oneAtATime(() => this.simulate(storyId, request));
  }

  /**
   * Plays a draft many times, giving way to other work again and again, for ten seconds at most. Where readers made
   * none of the draft’s choices, it chooses evenly.
   * @throws {ApiError} `BAD_USER_INPUT` when the story has no start
   */
  async simulate(storyId: number, request: SimulationRequest): Promise<SimulationOutcome> {
    const story = compile(await this.drafts.load(storyId));
    if (startsOf(story).length === 0) {
      throw badField('storyId', 'the story has no start: mark a node with isStart');
    }
    const weights =
      request.strategy === 'readers' ? await this.readers.choices(storyId) : undefined;
    const isUnread = weights !== undefined && !story.choices.some(({ id }) => weights.has(id));
    const strategy = isUnread ? 'uniform' : request.strategy;
    const simulator = new Simulator(story, {
      ...request,
      strategy,
      ...(weights !== undefined && { weights }),
    });
    const until = performance.now() + LONGEST;
    for (let since = performance.now(); since < until && simulator.play();) {
      if (performance.now() < since + SLICE) continue;
      await setImmediate();
      since = performance.now();
    }
    return { simulation: simulator.result(), strategy };
  }
}
