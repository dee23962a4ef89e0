import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { badField, badUserInput, type ApiError, type FieldProblem } from '../../graphql/errors.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { NONE } from '../core/graph.js';
import { diceThatShow } from '../core/odds.js';
import {
  choose,
  isRejection,
  start,
  type Circumstances,
  type PlayState,
  type Rejection,
  type Step,
} from '../core/play.js';
import { seededRandom } from '../core/random.js';
import { valueProblem } from '../core/rules.js';
import { namedSlots, noSuchName } from '../core/slot-names.js';
import { readMemory, stateProblems, writeState } from '../core/state.js';
import type { CompiledStory } from '../core/story.js';
import { DraftStories } from '../draft-stories.js';
import type { DebugChoiceInput, DebugInput, DebugValueInput } from './debug.inputs.js';
import { toDebugView, type DebugView } from './debug.type.js';

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
    const problems = stateProblems(story, state);
    if (problems.length > 0) {
      throw badUserInput(problems.map((message) => ({ path: 'input.state', message })));
    }
    return { state: state as PlayState, events: [] };
  }
  const first = nodeId ? nodeOf(story, nodeId) : undefined;
  const begun = start(story, {
    now: 0,
    ...(protagonist && { protagonist }),
    ...(first !== undefined && { node: first }),
  });
  if (!isRejection(begun)) return begun;
  throw begun.rejected === 'no-start'
    ? badField('input.nodeId', 'the story has no start: say where to begin')
    : badField('input.protagonist', `there is no protagonist ${protagonist}`);
}

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
  const slots = namedSlots(story);
  const memory = readMemory(story, state);
  const problems = values.flatMap(({ name, value }, i): FieldProblem[] => {
    const path = `input.set.${i}`;
    const slot = slots.get(name);
    if (slot === undefined)
      return [{ path: `${path}.name`, message: noSuchName(name, slots.keys()) }];
    const message = valueProblem(slot, value);
    if (message !== undefined) return [{ path: `${path}.value`, message }];
    memory[slot.index] = value;
    return [];
  });
  if (problems.length > 0) throw badUserInput(problems);
  return writeState(story, memory, story.indexOfNode.get(state.node)!, state.enteredAt);
}

function made(story: CompiledStory, state: PlayState, input: DebugChoiceInput): Step {
  const choiceId = decodeId('choice', input.choiceId, 'input.choice.choiceId');
  const index = story.choices.findIndex(({ id }) => id === choiceId);
  const step = choose(story, state, choiceId, circumstances(story, state, index, input));
  if (isRejection(step)) throw refusal(step);
  return step;
}

function circumstances(
  story: CompiledStory,
  { enteredAt = 0 }: PlayState,
  index: number,
  { dice, answer, isLate }: DebugChoiceInput,
): Circumstances {
  const check = index === NONE ? undefined : story.rules[index]!.check;
  const isForced = check !== undefined && dice !== null && dice !== undefined;
  return {
    now: isLate ? enteredAt + LATE : enteredAt,
    random: isForced ? diceThatShow(check.dice, dice) : seededRandom(randomUUID()),
    ...(answer !== null && answer !== undefined && { answer }),
  };
}

function refusal(rejection: Rejection): ApiError {
  switch (rejection.rejected) {
    case 'answer-needed':
      return badField('input.choice.answer', 'this choice is a puzzle: give an answer');
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
