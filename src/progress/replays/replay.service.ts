import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { readMemory } from '../../engine/core/state.js';
import { choiceFor } from '../../engine/core/templates/texts.js';
import { encodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { toEvents } from '../../engine/play-event.type.js';
import type { ProgressStepEntity } from '../playthroughs/progress-step.entity.js';
import type { ProgressEntity } from '../playthroughs/progress.entity.js';
import { ProgressRepository } from '../playthroughs/progress.repository.js';
import { Playback } from '../playthroughs/playback.js';
import { ReplayError, type Frame } from '../playthroughs/replay.js';
import { noSuchProgress } from '../progress.errors.js';
import { StepKind, type Replay, type ReplayStep } from './replay.type.js';

@Injectable()
export class ReplayService {
  constructor(
    private readonly progress: ProgressRepository,
    private readonly playback: Playback,
  ) {}

  /** Plays one's own playthrough again, or for administrators anybody's. */
  async replay(viewer: Viewer, progressId: number): Promise<Replay> {
    const progress =
      viewer.role === 'admin'
        ? await this.progress.findOfAnyone(progressId)
        : await this.progress.find(progressId, viewer.userId);
    if (progress === undefined) throw noSuchProgress();
    const steps = await this.progress.findSteps(progressId, progress.step);
    const done = await this.#playedAgain(progress, steps);
    const last = done?.at(-1);
    return {
      isGenuine:
        last?.story.versionId === progress.versionId &&
        isDeepStrictEqual(last.state, progress.state),
      frames: (done ?? []).map((frame, i) => toFrame(progress, steps[i - 1], frame, done![i - 1])),
    };
  }

  /** @returns undefined when the steps cannot have been made */
  async #playedAgain(
    progress: ProgressEntity,
    steps: readonly ProgressStepEntity[],
  ): Promise<Frame[] | undefined> {
    try {
      const done = await this.playback.again(progress, steps);
      return done.length === progress.step + 1 ? done : undefined;
    } catch (error) {
      if (error instanceof ReplayError) return undefined;
      throw error;
    }
  }
}

const toFrame = (
  { startTime }: ProgressEntity,
  step: ProgressStepEntity | undefined,
  { story, state, events }: Frame,
  before: Frame | undefined,
): ReplayStep => ({
  step: step?.seq ?? null,
  kind: kindOf(step),
  versionId: encodeId('version', story.versionId),
  choiceId: step === undefined || step.choiceId === null ? null : encodeId('choice', step.choiceId),
  choiceText: before && step?.choiceId ? choiceText(before, step.choiceId) : null,
  nodeId: encodeId('node', state.node),
  nodeTitle: story.graph.nodes[story.graph.indexOfNode.get(state.node)!]!.title,
  at: step?.at ?? startTime,
  events: toEvents(story.graph, events),
});

/** A choice as the reader had it before them. */
function choiceText({ story: { graph }, state }: Frame, choiceId: number): string {
  const node = graph.indexOfNode.get(state.node)!;
  const place = graph.nodes[node]!.choices.findIndex(({ id }) => id === choiceId);
  return choiceFor(graph, readMemory(graph, state), graph.firstChoice[node]! + place).text;
}

function kindOf(step: ProgressStepEntity | undefined): StepKind {
  if (step === undefined) return StepKind.START;
  if (step.choiceId !== null) return StepKind.CHOICE;
  if (step.outcome?.moved !== undefined) return StepKind.MOVED;
  return step.outcome?.back === undefined ? StepKind.VARIABLES_SET : StepKind.BACK;
}
