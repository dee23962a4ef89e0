import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { ChoiceDefinition } from '../../engine/core/definition.js';
import { closedReason } from '../../engine/core/offer.js';
import {
  choose,
  isRejection,
  start,
  type PlayState,
  type Rejection,
  type Step,
} from '../../engine/core/play.js';
import { randomAt } from '../../engine/core/random.js';
import { readMemory } from '../../engine/core/state.js';
import type { CompiledStory } from '../../engine/core/story.js';
import { choiceFor } from '../../engine/core/templates/texts.js';
import type { ApiError } from '../../graphql/errors.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { notPublished } from '../../publishing/publishing.errors.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import type { PublishedStory } from '../../publishing/reader/published-story.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { StoryService } from '../../stories/story.service.js';
import {
  aheadOfProgress,
  answerNeeded,
  choiceLocked,
  elsewhere,
  movedMeanwhile,
  noSuchProgress,
  noSuchProtagonist,
  notAChoiceHere,
  nothingInProgress,
  numberNeeded,
  ofOtherStory,
  otherChoiceMade,
  playthroughEnded,
  progressOrStoryNeeded,
} from '../progress.errors.js';
import type { ProgressStepEntity } from './progress-step.entity.js';
import type { ProgressEntity } from './progress.entity.js';
import type { MakeChoiceInput, StartStoryInput } from './progress.inputs.js';
import { ProgressRepository } from './progress.repository.js';
import { collectedIn, recorded, standingOf } from './record.js';
import { Playback } from './playback.js';
import { Rewards, type Reward } from './rewards.js';

/** What a choice led to. */
export interface ChoiceOutcome {
  /** The playthrough as it stood right after the choice. */
  readonly progress: ProgressEntity;
  readonly story: PublishedStory;
  readonly step: Step;
  /** What it has earned; told where the choice came to an ending, or collected something. */
  readonly rewards: readonly Reward[];
  /** The state in which it was made. */
  readonly before: PlayState;
}

@Injectable()
export class PlayService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly storyRepository: StoryRepository,
    private readonly published: PublishedStories,
    private readonly progress: ProgressRepository,
    private readonly playback: Playback,
    private readonly rewards: Rewards,
  ) {}

  /** Takes up the latest unfinished playthrough, or begins one on the published version. */
  async start(
    viewer: Viewer,
    storyId: number,
    { restart = false, protagonist }: StartStoryInput,
  ): Promise<ProgressEntity> {
    return this.database.transaction(async () => {
      await this.progress.lockStart(viewer.userId, storyId);
      const unfinished = restart
        ? undefined
        : await this.progress.findLatest(viewer.userId, storyId, { unfinished: true });
      if (unfinished !== undefined) return unfinished;
      const row = await this.stories.getVisible(viewer, { storyId });
      return this.begin(viewer, row, protagonist ?? undefined);
    });
  }

  /** Begins a playthrough; call it in a transaction. @throws {ApiError} `NOT_FOUND` unless published */
  async begin(
    viewer: Viewer,
    { storyId, isPublished, publishedVersionId }: StoryEntity,
    protagonist?: string,
  ): Promise<ProgressEntity> {
    if (!isPublished || publishedVersionId === null) throw notPublished();
    const story = await this.published.get(publishedVersionId);
    const startTime = new Date();
    const begun = start(story.graph, {
      now: startTime.getTime(),
      ...(protagonist !== undefined && { protagonist }),
    });
    if (isRejection(begun) && begun.rejected === 'no-such-protagonist') {
      throw noSuchProtagonist((story.graph.schema.protagonists ?? []).map(({ key }) => key));
    }
    if (isRejection(begun))
      throw new Error(`Version ${publishedVersionId} cannot be started: ${begun.rejected}`);
    await this.storyRepository.countPlay(storyId);
    return this.progress.insert({
      userId: viewer.userId,
      storyId,
      versionId: publishedVersionId,
      state: begun.state,
      startTime,
      seed: randomUUID(),
      collected: collectedIn(begun.events),
      ...standingOf(story, begun.state),
    });
  }

  /**
   * Makes a choice, once: the same choice on the same step gives the same outcome however often it is sent.
   * @throws {ApiError} `CONFLICT` when another choice was made on that step, or the playthrough stands elsewhere
   */
  async choose(viewer: Viewer, input: MakeChoiceInput): Promise<ChoiceOutcome> {
    const nodeId = decodeId('node', input.currentNodeId, 'input.currentNodeId');
    const choiceId = decodeId('choice', input.choiceId, 'input.choiceId');
    const progress = await this.#find(viewer, input, nodeId, choiceId);
    if (input.step < progress.step) return this.#repeat(progress, input, nodeId, choiceId);
    if (input.step > progress.step) throw aheadOfProgress(progress, input.step);
    if (progress.isCompleted) throw playthroughEnded();
    if (nodeId !== progress.currentNodeId) throw elsewhere(progress);

    const story = await this.published.get(progress.versionId);
    const now = Date.now();
    const answer = input.answer ?? undefined;
    const step = choose(story.graph, progress.state, choiceId, {
      now,
      random: randomAt(progress.seed, progress.state.turn),
      ...(answer !== undefined && { answer }),
    });
    if (isRejection(step)) throw refusal(step, toldChoice(story.graph, progress.state, choiceId));
    const advanced = await this.progress.advance({
      progressId: progress.progressId,
      step: input.step,
      nodeId,
      ...recorded(progress.state, step, { now, answer, choiceId }),
      state: step.state,
      ...standingOf(story, step.state),
    });
    if (advanced !== undefined)
      return this.#rewarded(
        { progress: advanced, story, step, before: progress.state },
        input.step,
      );
    // A call at the same time was first, or a move to another version.
    const current = await this.#reload(viewer, progress.progressId);
    return this.#repeat(current, input, nodeId, choiceId);
  }

  async #find(
    viewer: Viewer,
    { progressId, storyId, step }: MakeChoiceInput,
    nodeId: number,
    choiceId: number,
  ): Promise<ProgressEntity> {
    const id = storyId ? decodeId('story', storyId, 'input.storyId') : undefined;
    if (progressId) {
      const progress = await this.#reload(
        viewer,
        decodeId('progress', progressId, 'input.progressId'),
      );
      if (id !== undefined && progress.storyId !== id) throw ofOtherStory();
      return progress;
    }
    if (id === undefined) throw progressOrStoryNeeded();
    const latest = await this.progress.findLatest(viewer.userId, id, { unfinished: false });
    if (latest === undefined) throw nothingInProgress();
    if (!latest.isCompleted) return latest;
    // Has this very choice just ended it? Then this is the call again, and not one for an older playthrough.
    const made = await this.progress.findStep(latest.progressId, step);
    if (made?.nodeId === nodeId && askedOf(made) === choiceId) return latest;
    const unfinished = await this.progress.findLatest(viewer.userId, id, { unfinished: true });
    if (unfinished === undefined) throw nothingInProgress();
    return unfinished;
  }

  async #reload(viewer: Viewer, progressId: number): Promise<ProgressEntity> {
    const progress = await this.progress.find(progressId, viewer.userId);
    if (progress === undefined) throw noSuchProgress();
    return progress;
  }

  /** The outcome of a step already made, told again as it was then. */
  async #repeat(
    progress: ProgressEntity,
    { step: seq, answer }: MakeChoiceInput,
    nodeId: number,
    choiceId: number,
  ): Promise<ChoiceOutcome> {
    const made = await this.progress.findStep(progress.progressId, seq);
    const isSame =
      made?.nodeId === nodeId &&
      askedOf(made) === choiceId &&
      made.outcome?.answer === (answer ?? undefined);
    if (made?.outcome?.moved !== undefined) throw movedMeanwhile(progress, seq);
    if (!isSame) throw otherChoiceMade(progress, seq);
    const steps = await this.progress.findSteps(progress.progressId, seq + 1);
    const frames = await this.playback.again(progress, steps);
    const { story, ...step } = frames.at(-1)!;
    const { node } = step.state;
    const then = {
      ...progress,
      versionId: story.versionId,
      currentNodeId: node,
      state: step.state,
      step: seq + 1,
      lastUpdated: made.at,
      ...standingOf(story, step.state),
    };
    return this.#rewarded({ progress: then, story, step, before: frames.at(-2)!.state }, seq);
  }

  /** A choice that comes to no ending and collects nothing costs nothing here. */
  async #rewarded(outcome: Omit<ChoiceOutcome, 'rewards'>, seq: number): Promise<ChoiceOutcome> {
    const { progressId, isCompleted } = outcome.progress;
    const isRewarded = isCompleted || collectedIn(outcome.step.events) !== null;
    return { ...outcome, rewards: isRewarded ? await this.rewards.of(progressId, seq) : [] };
  }
}

/** The choice that the reader asked for, though time may have made another. */
const askedOf = ({ choiceId, outcome }: ProgressStepEntity) => outcome?.asked ?? choiceId;

/** A choice as it is told to a reader who stands there; undefined when the story has none of this id. */
function toldChoice(
  story: CompiledStory,
  state: PlayState,
  choiceId: number,
): ChoiceDefinition | undefined {
  const index = story.choices.findIndex(({ id }) => id === choiceId);
  return index === -1 ? undefined : choiceFor(story, readMemory(story, state), index);
}

function refusal(rejection: Rejection, choice: ChoiceDefinition | undefined): ApiError {
  switch (rejection.rejected) {
    case 'locked':
      // What the author hides while it is closed is, to the reader, no choice at all.
      return rejection.why === 'condition' && choice?.lockedText === undefined
        ? notAChoiceHere('input.choiceId')
        : choiceLocked(closedReason(rejection.why, choice));
    case 'answer-needed':
      return answerNeeded();
    case 'number-needed':
      return numberNeeded();
    default:
      return notAChoiceHere('input.choiceId');
  }
}
