import type { PlayEvent, PlayState, Step } from '../../engine/core/play.js';
import type { PublishedStory } from '../../publishing/reader/published-story.js';
import type { StepOutcome } from './progress-step.entity.js';

/** What a step row holds of a choice: which was made, and what a replay needs beside it. */
export function recorded(
  before: PlayState,
  { state, events }: Step,
  { now, answer, choiceId }: { now: number; answer: string | undefined; choiceId: number },
): { choiceId: number; outcome: StepOutcome | null; collected: string[] | null } {
  const expired = events.find(({ type }) => type === 'expired');
  const isTimed = before.enteredAt !== undefined || state.enteredAt !== undefined;
  const outcome: StepOutcome = {
    ...(isTimed && { now }),
    ...(answer !== undefined && { answer }),
    ...(expired !== undefined && { asked: choiceId }),
  };
  return {
    choiceId: expired?.type === 'expired' ? expired.choice : choiceId,
    outcome: Object.keys(outcome).length === 0 ? null : outcome,
    collected: collectedIn(events),
  };
}

/** The artifacts and declared endings that events tell to have been collected, as `artifact.lamp`; null where none was. */
export function collectedIn(events: readonly PlayEvent[]): string[] | null {
  const collected = events.flatMap((event) =>
    event.type === 'changed' && COLLECTED.has(event.slot.kind) && event.to === true
      ? `${event.slot.kind}.${event.slot.name}`
      : [],
  );
  return collected.length === 0 ? null : collected;
}

const COLLECTED: ReadonlySet<string> = new Set(['artifact', 'ending']);

/** Whether a state stands on an ending, and on what kind. */
export function standingOf({ nodes }: PublishedStory, state: PlayState) {
  const node = nodes.get(state.node);
  return { isCompleted: node?.isEnding ?? false, ending: node?.endingKind ?? null };
}
