import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { StoryService } from '../../stories/story.service.js';
import { otherChoiceMade, pathsPart } from '../progress.errors.js';
import { PlayService } from './play.service.js';
import type { ProgressStepEntity } from './progress-step.entity.js';
import type { ProgressEntity } from './progress.entity.js';
import { LONGEST_PATH, type SaveProgressInput } from './progress.inputs.js';
import { ProgressRepository } from './progress.repository.js';
import { standingOf } from './record.js';
import { walk } from './saved-path.js';

/** Takes in paths that were played offline. */
@Injectable()
export class SaveService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly published: PublishedStories,
    private readonly progress: ProgressRepository,
    private readonly play: PlayService,
  ) {}

  /**
   * Replays a path from the start, and keeps it: as the continuation of the latest playthrough when that is its
   * beginning, else as a new one. A path that is kept already changes nothing.
   */
  async save(viewer: Viewer, input: SaveProgressInput): Promise<ProgressEntity> {
    const storyId = decodeId('story', input.storyId, 'input.storyId');
    const path = input.choicesMade.map(({ nodeId, choiceId }, i) => ({
      nodeId: decodeId('node', nodeId, `input.choicesMade.${i}.nodeId`),
      choiceId: decodeId('choice', choiceId, `input.choicesMade.${i}.choiceId`),
    }));
    return this.database.transaction(async () => {
      await this.progress.lockStart(viewer.userId, storyId);
      const latest = await this.progress.findLatest(viewer.userId, storyId, { unfinished: false });
      if (latest === undefined) return this.#keepAnew(viewer, storyId, path);
      const made = await this.#pathOf(latest);
      const parts = firstDifference(made, path);
      if (parts === path.length) return latest;
      if (parts === made.length && !latest.isCompleted) return this.#continue(latest, path, parts);
      if (!latest.isCompleted && input.restart !== true) throw pathsPart(latest, parts);
      return this.#keepAnew(viewer, storyId, path);
    });
  }

  async #pathOf({ progressId }: ProgressEntity): Promise<ProgressStepEntity[]> {
    const paths = await this.progress.findPaths([progressId], LONGEST_PATH);
    return paths.get(progressId) ?? [];
  }

  async #keepAnew(viewer: Viewer, storyId: number, path: Choices): Promise<ProgressEntity> {
    const row = await this.stories.getVisible(viewer, { storyId });
    const begun = await this.play.begin(viewer, row);
    return path.length === 0 ? begun : this.#continue(begun, path, 0);
  }

  /** @param from how many choices of the path the playthrough has already */
  async #continue(progress: ProgressEntity, path: Choices, from: number): Promise<ProgressEntity> {
    const story = await this.published.get(progress.versionId);
    const walked = walk(story.graph, progress.state, path, { from, now: Date.now() });
    const extended = await this.progress.extend(
      {
        progressId: progress.progressId,
        state: walked.state,
        ...standingOf(story, walked.state),
      },
      progress.step,
      walked.steps,
    );
    if (extended === undefined) throw otherChoiceMade(progress, progress.step);
    return extended;
  }
}

type Choices = readonly { readonly nodeId: number; readonly choiceId: number }[];

/** The first place where the paths differ, or the length of the shorter one. */
function firstDifference(made: readonly ProgressStepEntity[], path: Choices): number {
  const shorter = Math.min(made.length, path.length);
  for (let i = 0; i < shorter; i++) {
    if (made[i]!.nodeId !== path[i]!.nodeId || made[i]!.choiceId !== path[i]!.choiceId) return i;
  }
  return shorter;
}
