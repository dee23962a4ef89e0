import type { ChoiceDefinition } from './definition.js';
import type { Memory } from './expressions/evaluate.js';
import { attemptsLeft, closed, type Closed } from './machine.js';
import type { CompiledStory } from './story.js';
import { choiceFor } from './templates/texts.js';

/** A choice that a reader sees. */
export interface OfferedChoice {
  /** As the reader is told it. */
  readonly choice: ChoiceDefinition;
  /** Why it cannot be made now, in words for the reader; undefined when it can. */
  readonly lockedReason: string | undefined;
  /** How many more answers a puzzle takes; undefined where there is no limit. */
  readonly attemptsLeft: number | undefined;
}

/**
 * What a reader who stands at a node with a memory is offered there, in order. What the author hides while it is closed
 * is left out, and at an ending there is nothing to choose.
 * @param node the index of the node
 */
export function offersAt(story: CompiledStory, memory: Memory, node: number): OfferedChoice[] {
  if (story.isEnding[node] === 1) return [];
  const first = story.firstChoice[node]!;
  return story.nodes[node]!.choices.flatMap((_, place): OfferedChoice[] => {
    const number = first + place;
    const choice = choiceFor(story, memory, number);
    const why = closed(story, memory, number);
    if (why === 'condition' && choice.lockedText === undefined) return [];
    return [
      {
        choice,
        lockedReason: why === undefined ? undefined : closedReason(why, choice),
        attemptsLeft: attemptsLeft(story, memory, number),
      },
    ];
  });
}

/** Why a choice cannot be made now, in words for the reader. */
export const closedReason = (why: Closed, choice: ChoiceDefinition | undefined): string =>
  why === 'attempts'
    ? 'All attempts at this puzzle are used up.'
    : ((why === 'condition' ? choice?.lockedText : undefined) ?? 'This choice is not open now.');

/** Of a check only the dice: what is added to them may be hidden. */
export const diceIn = (check: string): string => (/^\s*\d*d\d+/i.exec(check)?.[0] ?? '').trim();
