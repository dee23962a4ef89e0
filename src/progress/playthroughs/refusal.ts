import type { ChoiceDefinition } from '../../engine/core/definition.js';
import { closedReason } from '../../engine/core/offer.js';
import type { PlayState, Rejection } from '../../engine/core/play.js';
import { readMemory } from '../../engine/core/state.js';
import type { CompiledStory } from '../../engine/core/story.js';
import { choiceFor } from '../../engine/core/templates/texts.js';
import type { ApiError } from '../../graphql/errors.js';
import { answerNeeded, choiceLocked, notAChoiceHere, numberNeeded } from '../progress.errors.js';

/** What a reader is told of a choice that cannot be made. @param state where they stand */
export function refusal(
  rejection: Rejection,
  story: CompiledStory,
  state: PlayState,
  choiceId: number,
): ApiError {
  switch (rejection.rejected) {
    case 'locked': {
      const choice = toldChoice(story, state, choiceId);
      // What the author hides while it is closed is, to the reader, no choice at all.
      return rejection.why === 'condition' && choice?.lockedText === undefined
        ? notAChoiceHere('input.choiceId')
        : choiceLocked(closedReason(rejection.why, choice));
    }
    case 'answer-needed':
      return answerNeeded();
    case 'number-needed':
      return numberNeeded();
    default:
      return notAChoiceHere('input.choiceId');
  }
}

/** A choice as it is told to a reader who stands there; undefined when the story has none of this id. */
function toldChoice(
  story: CompiledStory,
  state: PlayState,
  choiceId: number,
): ChoiceDefinition | undefined {
  const index = story.choices.findIndex(({ id }) => id === choiceId);
  return index === -1 ? undefined : choiceFor(story, readMemory(story, state), index);
}
