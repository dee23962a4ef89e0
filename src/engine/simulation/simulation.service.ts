import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { badField } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryService } from '../../stories/story.service.js';
import { Simulator, type Strategy } from '../core/simulate.js';
import type { Simulation } from '../core/simulation.js';
import { compile, startsOf } from '../core/story.js';
import { DraftDefinitionRepository } from '../draft-definition.repository.js';

/** How long plays are made before other requests get their turn, in milliseconds. */
const SLICE = 10;

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
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly drafts: DraftDefinitionRepository,
  ) {}

  async simulateDraft(
    viewer: Viewer,
    storyId: number,
    request: SimulationRequest,
  ): Promise<SimulationOutcome> {
    await this.stories.getEditable(viewer, storyId);
    return this.simulate(storyId, request);
  }

  /**
   * Plays a draft many times, giving way to other work again and again. Without readers to imitate, it chooses evenly.
   * @throws {ApiError} `BAD_USER_INPUT` when the story has no start
   */
  async simulate(storyId: number, request: SimulationRequest): Promise<SimulationOutcome> {
    const story = compile(await this.drafts.load(storyId));
    if (startsOf(story).length === 0) {
      throw badField('storyId', 'the story has no start: mark a node with isStart');
    }
    const weights =
      request.strategy === 'readers' ? await this.#choicesOfReaders(storyId) : undefined;
    const strategy = weights?.size === 0 ? 'uniform' : request.strategy;
    const simulator = new Simulator(story, {
      ...request,
      strategy,
      ...(weights !== undefined && { weights }),
    });
    for (let since = performance.now(); simulator.play();) {
      if (performance.now() < since + SLICE) continue;
      await setImmediate();
      since = performance.now();
    }
    return { simulation: simulator.result(), strategy };
  }

  /** By choice id: how often readers made it, in any version. */
  async #choicesOfReaders(storyId: number): Promise<Map<number, number>> {
    const rows = await this.database.query<{ choiceId: number; made: number }>(
      `SELECT choice_id AS "choiceId", count(*) AS made
       FROM progress_steps JOIN user_progress USING (progress_id)
       WHERE story_id = $1 AND choice_id IS NOT NULL GROUP BY choice_id`,
      [storyId],
    );
    return new Map(rows.map(({ choiceId, made }) => [choiceId, made]));
  }
}
