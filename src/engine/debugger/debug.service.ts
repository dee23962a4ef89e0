import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { badField, badUserInput, type ApiError } from '../../graphql/errors.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { NONE } from '../core/graph.js';
import { diceThatShow } from '../core/odds.js';
import {
  choose,
  deadlineOf,
  isRejection,
  start,
  type PlayState,
  type Rejection,
  type Step,
} from '../core/play.js';
import { seededRandom, type Random } from '../core/random.js';
import { readMemory, stateProblems, writeState } from '../core/state.js';
import type { CompiledStory } from '../core/story.js';
import { DraftStories } from '../draft-stories.js';
import type { DebugChoiceInput, DebugInput, DebugValueInput } from './debug.inputs.js';
import { toDebugView, type DebugView } from './debug.type.js';
import { memoryWith } from './debug-values.js';

/** How much later than everything else a late choice is made, in milliseconds: longer than any limit. */
const LATE = 1e9;

/** Plays drafts for their authors, one step a call. Nothing is kept between calls: the state travels. */
@Injectable()
export class DebugService {
  constructor(private readonly drafts: DraftStories) {}

  /** @throws {ApiError} `BAD_USER_INPUT` naming what is wrong with the state, a value or the choice */
  async debug(viewer: Viewer, storyId: number, input: DebugInput): Promise<DebugView> {
    const story = await this.drafts.compiled(viewer, storyId);
    const begun = stands(story, input);
    const state = withValues(story, begun.state, input.set);
    const { choice } = input;
    return toDebugView(
      story,
      choice ? made(story, state, choice) : { state, events: begun.events },
    );
  }
}

/** Where the play stands: at a state that was told before, or at its beginning. */
function stands(story: CompiledStory, { state, nodeId, protagonist }: DebugInput): Step {
  if (state !== undefined && state !== null) {
    const problems = [
      ...stateProblems(story, state).map((message) => ({ path: 'input.state', message })),
      ...Object.entries({ nodeId, protagonist })
        .filter(([, given]) => isGiven(given))
        .map(([field]) => ({
          path: `input.${field}`,
          message: 'leave it out: the state tells it',
        })),
    ];
    if (problems.length > 0) throw badUserInput(problems);
    return { state: state as PlayState, events: [] };
  }
  const begun = start(story, {
    now: 0,
    ...(isGiven(protagonist) && { protagonist }),
    ...(isGiven(nodeId) && { node: nodeOf(story, nodeId) }),
  });
  if (!isRejection(begun)) return begun;
  throw begun.rejected === 'no-start'
    ? badField('input.nodeId', 'the story has no start: say where to begin')
    : badField('input.protagonist', `there is no protagonist ${protagonist}`);
}

const isGiven = <T>(value: T | null | undefined): value is T =>
  value !== undefined && value !== null;

function nodeOf(story: CompiledStory, id: string): number {
  const index = story.indexOfNode.get(decodeId('node', id, 'input.nodeId'));
  if (index === undefined) throw badField('input.nodeId', 'must be a node of this story');
  return index;
}

function withValues(
  story: CompiledStory,
  state: PlayState,
  values: readonly DebugValueInput[],
): PlayState {
  if (values.length === 0) return state;
  const memory = memoryWith(story, readMemory(story, state), values);
  return writeState(story, memory, story.indexOfNode.get(state.node)!, state.enteredAt);
}

function made(story: CompiledStory, before: PlayState, input: DebugChoiceInput): Step {
  const choiceId = decodeId('choice', input.choiceId, 'input.choice.choiceId');
  // A state from before its node was timed does not tell when the node was entered.
  const state = { enteredAt: 0, ...before };
  const index =
    input.isLate && deadlineOf(story, state) !== undefined
      ? story.timed[story.indexOfNode.get(state.node)!]!
      : story.choices.findIndex(({ id }) => id === choiceId);
  const step = choose(story, state, choiceId, {
    now: input.isLate ? state.enteredAt + LATE : state.enteredAt,
    random: chance(story, index, input.dice),
    ...(isGiven(input.answer) && { answer: input.answer }),
  });
  if (isRejection(step)) throw refusal(step);
  return step;
}

/**
 * What lets dice show a sum, or chance where none is asked for.
 * @param choice the index of the choice that is made in the end, or {@link NONE}, which the engine refuses
 */
function chance(story: CompiledStory, choice: number, sum: number | null | undefined): Random {
  if (choice === NONE || !isGiven(sum)) return seededRandom(randomUUID());
  const { check } = story.rules[choice]!;
  if (check === undefined) {
    throw badField('input.choice.dice', 'the choice that is made rolls no dice: leave it out');
  }
  const { count, sides } = check.dice;
  if (sum < count || sum > count * sides) {
    throw badField('input.choice.dice', `must lie from ${count} to ${count * sides}`);
  }
  return diceThatShow(check.dice, sum);
}

function refusal(rejection: Rejection): ApiError {
  switch (rejection.rejected) {
    case 'answer-needed':
      return badField('input.choice.answer', 'this choice is a puzzle: give an answer');
    case 'number-needed':
      return badField('input.choice.answer', 'must be a number, such as 7 or 2.5');
    case 'ended':
      return badField('input.choice', 'the play has ended: go back to an earlier state');
    case 'locked':
      return badField(
        'input.choice.choiceId',
        rejection.why === 'condition'
          ? 'is closed: its condition is false'
          : 'is closed: all attempts are used up',
      );
    case 'no-target':
      return badField('input.choice.choiceId', 'leads nowhere yet');
    default:
      return badField('input.choice.choiceId', 'is not a choice of the node where the play stands');
  }
}
