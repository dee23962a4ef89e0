import type { PuzzleDefinition } from '../engine/core/definition.js';
import { diceIn, type OfferedChoice } from '../engine/core/offer.js';
import { isAnswer } from '../engine/core/puzzle.js';
import { element } from './dom.js';
import { attemptsText } from './told.js';

/** What happens when the reader makes a choice. @param answer to its puzzle, where it is one */
export type Choosing = (choiceId: number, answer?: string) => void;

/** The ways on, in order: buttons, fields for the answers of puzzles, and what is closed with its reason. */
export const choiceList = (
  offers: readonly OfferedChoice[],
  language: string,
  choose: Choosing,
): HTMLElement =>
  element(
    'ol',
    { className: 'choices' },
    ...offers.map((offer) => {
      const item = element('li', { lang: language }, ...choiceParts(offer, choose));
      // What is hidden keeps its letter.
      item.style.listStyleType = `'${offer.choice.letter}. '`;
      return item;
    }),
  );

function choiceParts(offer: OfferedChoice, choose: Choosing): HTMLElement[] {
  const { choice, lockedReason } = offer;
  if (lockedReason !== undefined) return lockedParts(offer, lockedReason);
  if (choice.puzzle !== undefined) return [puzzleForm(offer, choice.puzzle, choose)];
  const button = element(
    'button',
    {
      type: 'button',
      onclick: () => {
        choose(choice.id);
      },
    },
    choice.text,
  );
  if (choice.check === undefined) return [button];
  return [button, note(`Dice decide: ${diceIn(choice.check)}.`, button)];
}

function lockedParts({ choice }: OfferedChoice, reason: string): HTMLElement[] {
  const button = element('button', { type: 'button', disabled: true }, choice.text);
  return [button, note(reason, button)];
}

const HOW_TO_ANSWER: Readonly<Record<PuzzleDefinition['kind'], string>> = {
  text: 'Answer in your own words.',
  number: 'Answer with a number.',
  sequence: 'Put them in order, with commas between them.',
  set: 'Name them all in any order, with commas between them.',
};

function puzzleForm(
  { choice, attemptsLeft }: OfferedChoice,
  puzzle: PuzzleDefinition,
  choose: Choosing,
): HTMLElement {
  const { kind } = puzzle;
  const answer = element('input', {
    id: `answer-${choice.id}`,
    type: 'text',
    required: true,
    autocomplete: 'off',
    inputMode: kind === 'number' ? 'decimal' : 'text',
    oninput: () => {
      answer.setCustomValidity('');
    },
  });
  const left = attemptsLeft === undefined ? '' : ` ${attemptsText(attemptsLeft)}`;
  return element(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        if (isAnswer(puzzle, answer.value)) choose(choice.id, answer.value);
        else {
          answer.setCustomValidity(HOW_TO_ANSWER[kind]);
          answer.reportValidity();
        }
      },
    },
    element('label', { htmlFor: answer.id }, choice.text),
    element('span', { className: 'answer' }, answer, element('button', {}, 'Answer')),
    note(`${HOW_TO_ANSWER[kind]}${left}`, answer),
  );
}

let notes = 0;

/** A remark that screen readers tell together with its control. */
function note(text: string, of: HTMLElement): HTMLElement {
  const id = `note-${++notes}`;
  of.setAttribute('aria-describedby', id);
  return element('p', { id, className: 'note' }, text);
}
