import type { Value } from '../engine/core/definition.js';
import { isShown, shownTotal } from '../engine/core/holdings.js';
import type { Slot } from '../engine/core/layout.js';
import type { PlayEvent } from '../engine/core/play.js';
import type { CompiledStory } from '../engine/core/story.js';

/** Something that the reader is told after a step. */
export interface Told {
  readonly kind: PlayEvent['type'] | 'hint';
  readonly text: string;
}

/** What a step brought about, in words, as far as the reader may know. */
export const told = (story: CompiledStory, events: readonly PlayEvent[]): Told[] =>
  events.flatMap((event): Told[] => {
    switch (event.type) {
      case 'consequences':
        return [{ kind: event.type, text: event.text }];
      case 'rolled':
        return [{ kind: event.type, text: rollText(story, event) }];
      case 'answered':
        return [
          { kind: event.type, text: answerText(event) },
          ...(event.hint === undefined ? [] : [{ kind: 'hint', text: event.hint } as const]),
        ];
      case 'expired':
        return [{ kind: event.type, text: 'Time is up.' }];
      case 'changed':
        return isShown(story, event.slot)
          ? [{ kind: event.type, text: changeText(story, event) }]
          : [];
      case 'entered':
      case 'ended':
        return [];
    }
  });

function rollText(story: CompiledStory, event: Extract<PlayEvent, { type: 'rolled' }>): string {
  const total = shownTotal(story, event);
  const dice = `The dice show ${event.dice.join(', ')}`;
  const sum = total === undefined ? '' : `; the total is ${total}`;
  return `${dice}${sum}. ${event.success ? 'Success.' : 'It fails.'}`;
}

function answerText({ right, attemptsLeft }: Extract<PlayEvent, { type: 'answered' }>): string {
  if (right) return 'That is right.';
  return attemptsLeft === undefined
    ? 'That is not it.'
    : `That is not it. ${attemptsText(attemptsLeft)}`;
}

export const attemptsText = (left: number): string =>
  left === 1 ? 'One attempt is left.' : `${left === 0 ? 'No' : left} attempts are left.`;

function changeText(
  story: CompiledStory,
  { slot, from, to }: Extract<PlayEvent, { type: 'changed' }>,
): string {
  const name = nameOf(story, slot);
  if (slot.kind === 'artifact') return `Found: ${name}.`;
  if (slot.kind === 'ending') return `Collected: ${name}.`;
  return `${name}: ${valueText(from)} → ${valueText(to)}`;
}

export const valueText = (value: Value): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : `${value}`;

function nameOf({ schema }: CompiledStory, { kind, name }: Slot): string {
  const { items = [], stats = [], artifacts = [], endings = [] } = schema;
  const declared: Partial<Record<Slot['kind'], readonly { key: string; name: string }[]>> = {
    item: items,
    stat: stats,
    artifact: artifacts,
    ending: endings,
  };
  return declared[kind]?.find(({ key }) => key === name)?.name ?? name;
}
