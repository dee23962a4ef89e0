import { Injectable } from '@nestjs/common';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import type { ProgressStepEntity } from './progress-step.entity.js';
import type { ProgressEntity } from './progress.entity.js';
import { firstVersionOf, replay, type Frame } from './replay.js';

/** Plays playthroughs again, on each version that they were on. */
@Injectable()
export class Playback {
  constructor(private readonly published: PublishedStories) {}

  /**
   * @param steps the first steps of the playthrough, in order
   * @returns what came of the start and then of each step: one more than there are steps
   * @throws {ReplayError} when they cannot have been made
   */
  async again(progress: ProgressEntity, steps: readonly ProgressStepEntity[]): Promise<Frame[]> {
    const moves = steps.flatMap(({ outcome }) => outcome?.moved?.to ?? []);
    const versionIds = [...new Set([firstVersionOf(progress), ...moves])];
    const stories = await this.published.loadMany(versionIds);
    const known = stories.filter((story) => story !== undefined);
    return replay(new Map(known.map((story) => [story.versionId, story])), progress, steps);
  }
}
