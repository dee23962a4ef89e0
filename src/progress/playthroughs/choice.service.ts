import { Injectable } from '@nestjs/common';
import { choose, isRejection, type PlayState, type Step } from '../../engine/core/play.js';
import { randomAt } from '../../engine/core/random.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import type { PublishedStory } from '../../publishing/reader/published-story.js';
import {
  aheadOfProgress,
  elsewhere,
  movedMeanwhile,
  noSuchProgress,
  nothingInProgress,
  ofOtherStory,
  otherChoiceMade,
  playthroughEnded,
  progressOrStoryNeeded,
} from '../progress.errors.js';
import type { ReadingTerms } from '../reading/reading.repository.js';
import { VisitedNodes } from '../reading/visited-nodes.js';
import { ChoiceRecorder } from './choice.recorder.js';
import { KnownPlaythroughs } from './known-playthroughs.js';
import { Playback } from './playback.js';
import type { ProgressStepEntity } from './progress-step.entity.js';
import type { ProgressEntity } from './progress.entity.js';
import type { MakeChoiceInput } from './progress.inputs.js';
import { ProgressRepository } from './progress.repository.js';
import { collectedIn, recorded, standingOf } from './record.js';
import { refusal } from './refusal.js';
import { Rewards, type Reward } from './rewards.js';

/** How often a choice is tried on a playthrough that others write to meanwhile. */
const TRIES = 3;

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
  /** Where it was made just now; undefined where it is told again. */
  readonly terms?: ReadingTerms;
}

/** A choice as it was asked for, its ids decoded. */
interface Asked {
  readonly progressId: number | undefined;
  readonly storyId: number | undefined;
  readonly nodeId: number;
  readonly choiceId: number;
  readonly step: number;
  readonly answer: string | undefined;
}

/** Makes choices. */
@Injectable()
export class ChoiceService {
  constructor(
    private readonly published: PublishedStories,
    private readonly progress: ProgressRepository,
    private readonly recorder: ChoiceRecorder,
    private readonly known: KnownPlaythroughs,
    private readonly visited: VisitedNodes,
    private readonly playback: Playback,
    private readonly rewards: Rewards,
  ) {}

  /**
   * Makes a choice, once: the same choice on the same step gives the same outcome however often it is sent.
   * @throws {ApiError} `CONFLICT` when another choice was made on that step, or the playthrough stands elsewhere
   */
  async choose(viewer: Viewer, input: MakeChoiceInput): Promise<ChoiceOutcome> {
    const asked = decoded(input);
    return (await this.#chooseAtOnce(viewer, asked)) ?? this.#chooseWithCare(viewer, asked, TRIES);
  }

  /**
   * Goes on from what this process knows of the playthrough: one statement, which the database refuses where it knows better.
   * @returns undefined, with nothing done, unless that gave a choice made: why it did not is found out with care
   */
  async #chooseAtOnce(viewer: Viewer, asked: Asked): Promise<ChoiceOutcome | undefined> {
    if (asked.progressId === undefined) return undefined;
    const known = this.known.get(asked.progressId, viewer.userId);
    if (known === undefined || !isAskedOf(known, asked)) return undefined;
    const attempt = await this.#attempt(known, asked);
    if ('rejected' in attempt) return undefined;
    const made = await this.#make(known, asked, attempt);
    if (made === undefined) this.known.forget(known.progressId);
    return made;
  }

  async #chooseWithCare(viewer: Viewer, asked: Asked, tries: number): Promise<ChoiceOutcome> {
    const progress = await this.#find(viewer, asked);
    if (asked.step < progress.step) return this.#repeat(progress, asked);
    if (asked.step > progress.step) throw aheadOfProgress(progress, asked.step);
    if (progress.isCompleted) throw playthroughEnded();
    if (asked.nodeId !== progress.currentNodeId) throw elsewhere(progress);
    const attempt = await this.#attempt(progress, asked);
    if ('rejected' in attempt)
      throw refusal(attempt, attempt.story.graph, progress.state, asked.choiceId);
    const made = await this.#make(progress, asked, attempt);
    if (made !== undefined) return made;
    // A call at the same time was first, or a move to another version; or the row was written and has made no step.
    const { progressId } = progress;
    return tries > 1
      ? this.#chooseWithCare(viewer, { ...asked, progressId }, tries - 1)
      : this.#repeat(await this.#reload(viewer, progressId), asked);
  }

  async #find(viewer: Viewer, asked: Asked): Promise<ProgressEntity> {
    const { progressId, storyId, step, nodeId, choiceId } = asked;
    if (progressId !== undefined) {
      const progress = await this.#reload(viewer, progressId);
      if (storyId !== undefined && progress.storyId !== storyId) throw ofOtherStory();
      return progress;
    }
    if (storyId === undefined) throw progressOrStoryNeeded();
    const latest = await this.progress.findLatest(viewer.userId, storyId, { unfinished: false });
    if (latest === undefined) throw nothingInProgress();
    if (!latest.isCompleted) return latest;
    // Has this very choice just ended it? Then this is the call again, and not one for an older playthrough.
    const made = await this.progress.findStep(latest.progressId, step);
    if (made?.nodeId === nodeId && askedOf(made) === choiceId) return latest;
    const unfinished = await this.progress.findLatest(viewer.userId, storyId, { unfinished: true });
    if (unfinished === undefined) throw nothingInProgress();
    return unfinished;
  }

  async #reload(viewer: Viewer, progressId: number): Promise<ProgressEntity> {
    const progress = await this.progress.find(progressId, viewer.userId);
    if (progress === undefined) throw noSuchProgress();
    return progress;
  }

  /** What the choice would come to, or why it cannot be made. */
  async #attempt(progress: ProgressEntity, { choiceId, answer }: Asked) {
    const story = await this.published.get(progress.versionId);
    const now = Date.now();
    const result = choose(story.graph, progress.state, choiceId, {
      now,
      random: randomAt(progress.seed, progress.state.turn),
      ...(answer !== undefined && { answer }),
    });
    return isRejection(result) ? { ...result, story } : { story, step: result, now };
  }

  /** @returns undefined, with nothing done, when the playthrough is not as it was believed to be */
  async #make(
    progress: ProgressEntity,
    { choiceId, answer }: Asked,
    { story, step, now }: { story: PublishedStory; step: Step; now: number },
  ): Promise<ChoiceOutcome | undefined> {
    const advanced = await this.recorder.advance(progress, {
      ...recorded(progress.state, step, { now, answer, choiceId }),
      state: step.state,
      ...standingOf(story, step.state),
    });
    if (advanced === undefined) return undefined;
    this.known.keep(advanced.progress);
    this.visited.follow(progress.userId, advanced.terms, step.state.node);
    return this.#rewarded({ ...advanced, story, step, before: progress.state }, progress.step);
  }

  /** The outcome of a step already made, told again as it was then. */
  async #repeat(progress: ProgressEntity, asked: Asked): Promise<ChoiceOutcome> {
    const { step: seq, nodeId, choiceId, answer } = asked;
    const made = await this.progress.findStep(progress.progressId, seq);
    const isSame =
      made?.nodeId === nodeId && askedOf(made) === choiceId && made.outcome?.answer === answer;
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

function decoded(input: MakeChoiceInput): Asked {
  const { progressId, storyId, step, answer } = input;
  return {
    nodeId: decodeId('node', input.currentNodeId, 'input.currentNodeId'),
    choiceId: decodeId('choice', input.choiceId, 'input.choiceId'),
    storyId: storyId ? decodeId('story', storyId, 'input.storyId') : undefined,
    progressId: progressId ? decodeId('progress', progressId, 'input.progressId') : undefined,
    step,
    answer: answer ?? undefined,
  };
}

/** Whether a playthrough stands where the choice was asked for. */
const isAskedOf = (progress: ProgressEntity, { step, nodeId, storyId }: Asked): boolean =>
  progress.step === step &&
  progress.currentNodeId === nodeId &&
  (storyId === undefined || progress.storyId === storyId) &&
  !progress.isCompleted;

/** The choice that the reader asked for, though time may have made another. */
const askedOf = ({ choiceId, outcome }: ProgressStepEntity) => outcome?.asked ?? choiceId;
