import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Step } from '../../engine/core/play.js';
import type { CompiledStory } from '../../engine/core/story.js';
import { encodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { toEvents } from '../../engine/play-event.type.js';
import type { ProgressStepEntity } from '../playthroughs/progress-step.entity.js';
import type { ProgressEntity } from '../playthroughs/progress.entity.js';
import { ProgressRepository } from '../playthroughs/progress.repository.js';
import { replay, ReplayError } from '../playthroughs/replay.js';
import { noSuchProgress } from '../progress.errors.js';
import { StepKind, type Replay, type ReplayStep } from './replay.type.js';

@Injectable()
export class ReplayService {
  constructor(
    private readonly published: PublishedStories,
    private readonly progress: ProgressRepository,
  ) {}

  /** Plays one's own playthrough again, or for administrators anybody's. */
  async replay(viewer: Viewer, progressId: number): Promise<Replay> {
    const progress =
      viewer.role === 'admin'
        ? await this.progress.findOfAnyone(progressId)
        : await this.progress.find(progressId, viewer.userId);
    if (progress === undefined) throw noSuchProgress();
    const { graph } = await this.published.get(progress.versionId);
    const steps = await this.progress.findSteps(progressId, progress.step);
    const done = playedAgain(graph, progress, steps);
    return {
      isGenuine: done !== undefined && isDeepStrictEqual(done.at(-1)!.state, progress.state),
      frames: (done ?? []).map((each, i) => toFrame(graph, progress, steps[i - 1], each)),
    };
  }
}

/** @returns undefined when the steps cannot have been made */
function playedAgain(
  story: CompiledStory,
  progress: ProgressEntity,
  steps: readonly ProgressStepEntity[],
): Step[] | undefined {
  try {
    const done = replay(story, progress, steps);
    return done.length === progress.step + 1 ? done : undefined;
  } catch (error) {
    if (error instanceof ReplayError) return undefined;
    throw error;
  }
}

const toFrame = (
  story: CompiledStory,
  { startTime }: ProgressEntity,
  step: ProgressStepEntity | undefined,
  { state, events }: Step,
): ReplayStep => ({
  step: step?.seq ?? null,
  kind: kindOf(step),
  choiceId: step === undefined || step.choiceId === null ? null : encodeId('choice', step.choiceId),
  nodeId: encodeId('node', state.node),
  at: step?.at ?? startTime,
  events: toEvents(story, events),
});

function kindOf(step: ProgressStepEntity | undefined): StepKind {
  if (step === undefined) return StepKind.START;
  if (step.choiceId !== null) return StepKind.CHOICE;
  return step.outcome?.back === undefined ? StepKind.VARIABLES_SET : StepKind.BACK;
}
