import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { StoryService } from '../../stories/story.service.js';
import { otherChoiceMade, pathsPart } from '../progress.errors.js';
import { PlayService } from './play.service.js';
import { KnownPlaythroughs } from './known-playthroughs.js';
import type { ProgressStepEntity } from './progress-step.entity.js';
import type { ProgressEntity } from './progress.entity.js';
import { LONGEST_PATH, type SaveProgressInput } from './progress.inputs.js';
import { ProgressRepository } from './progress.repository.js';
import { standingOf } from './record.js';
import { isImpasse, walk, type WalkedPath } from './saved-path.js';

/** Takes in paths that were played offline. */
@Injectable()
export class SaveService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly published: PublishedStories,
    private readonly progress: ProgressRepository,
    private readonly play: PlayService,
    private readonly known: KnownPlaythroughs,
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
    const saved = await this.database.transaction(async () => {
      await this.progress.lockStart(viewer.userId, storyId);
      const latest = await this.progress.findLatest(viewer.userId, storyId, { unfinished: false });
      if (latest === undefined) return this.#keepAnew(viewer, storyId, path);
      const made = await this.#pathOf(latest);
      let parts = firstDifference(made, path);
      if (parts === path.length) return latest;
      if (parts === made.length && !latest.isCompleted) {
        const walked = await this.#walk(latest, path, parts);
        if (!isImpasse(walked)) return this.#extend(latest, walked);
        const { publishedVersionId } = await this.stories.getVisible(viewer, { storyId });
        if (publishedVersionId === latest.versionId) throw walked.error;
        // What was played offline is the version that readers begin with now.
        parts = walked.at;
      }
      if (!latest.isCompleted && input.restart !== true) throw pathsPart(latest, parts);
      return this.#keepAnew(viewer, storyId, path);
    });
    this.known.keep(saved);
    return saved;
  }

  async #pathOf({ progressId }: ProgressEntity): Promise<ProgressStepEntity[]> {
    const paths = await this.progress.findPaths([progressId], LONGEST_PATH);
    return paths.get(progressId) ?? [];
  }

  async #keepAnew(viewer: Viewer, storyId: number, path: Choices): Promise<ProgressEntity> {
    const row = await this.stories.getVisible(viewer, { storyId });
    const begun = await this.play.begin(viewer, row);
    if (path.length === 0) return begun;
    const walked = await this.#walk(begun, path, 0);
    if (isImpasse(walked)) throw walked.error;
    return this.#extend(begun, walked);
  }

  /** @param from how many choices of the path the playthrough has already */
  async #walk({ versionId, state }: ProgressEntity, path: Choices, from: number) {
    const { graph } = await this.published.get(versionId);
    return walk(graph, state, path, { from, now: Date.now() });
  }

  async #extend(progress: ProgressEntity, { state, steps }: WalkedPath): Promise<ProgressEntity> {
    const story = await this.published.get(progress.versionId);
    const extended = await this.progress.extend(
      { progressId: progress.progressId, state, ...standingOf(story, state) },
      progress.step,
      steps,
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
