import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Value } from './core/definition.js';
import { isShown, shownTotal } from './core/holdings.js';
import type { PlayEvent as EngineEvent } from './core/play.js';
import type { CompiledStory } from './core/story.js';
import { encodeId } from '../graphql/ids.js';
import { ValueScalar } from '../nodes/declarations/value.scalar.js';

export enum PlayEventType {
  CONSEQUENCES = 'consequences',
  NODE_ENTERED = 'entered',
  ENDING_REACHED = 'ended',
  DICE_ROLLED = 'rolled',
  ANSWER_JUDGED = 'answered',
  TIME_EXPIRED = 'expired',
  CHANGED = 'changed',
  ACHIEVEMENT_EARNED = 'earned',
}

export enum ChangedThing {
  VARIABLE = 'variable',
  STAT = 'stat',
  ITEM = 'item',
  ARTIFACT = 'artifact',
  ENDING = 'ending',
}

registerEnumType(PlayEventType, {
  name: 'PlayEventType',
  description: 'What a choice brought about.',
  valuesMap: {
    CONSEQUENCES: { description: 'The reader is told something; `text` is it.' },
    NODE_ENTERED: { description: 'A node was entered; `nodeId` is it.' },
    ENDING_REACHED: { description: 'The playthrough has ended; `nodeId` is the ending.' },
    DICE_ROLLED: { description: 'Dice decided: see `dice`, `total` and `success`.' },
    ANSWER_JUDGED: { description: 'An answer was judged: see `success`, `attemptsLeft`, `text`.' },
    TIME_EXPIRED: { description: 'Time was out, so that a choice made itself; `choiceId` is it.' },
    ACHIEVEMENT_EARNED: {
      description:
        'You have earned an achievement: `name` is its key, `text` what it is called; see `icon` and `points`.',
    },
    CHANGED: {
      description: 'Something the reader sees has changed: see `kind`, `name` and `value`.',
    },
  },
});

registerEnumType(ChangedThing, {
  name: 'ChangedThing',
  description: 'What has changed.',
  valuesMap: {
    VARIABLE: { description: 'A variable.' },
    STAT: { description: 'A trait of the character.' },
    ITEM: { description: 'How many of an item the reader carries.' },
    ARTIFACT: { description: 'An artifact has been collected: the value is true.' },
    ENDING: { description: 'An ending has been collected: the value is true.' },
  },
});

@ObjectType({ description: 'Something that a choice brought about.' })
export class PlayEvent {
  @Field(() => PlayEventType, { description: 'What happened.' })
  type: PlayEventType;

  @Field(() => String, {
    nullable: true,
    description:
      'What the reader is told, for CONSEQUENCES; a hint, for ANSWER_JUDGED; what is earned, for ACHIEVEMENT_EARNED.',
  })
  text: string | null = null;

  @Field(() => ID, {
    nullable: true,
    description: 'The node, for NODE_ENTERED and ENDING_REACHED.',
  })
  nodeId: string | null = null;

  @Field(() => [Int], { nullable: true, description: 'What each of the dice shows.' })
  dice: readonly number[] | null = null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The sum of the dice and what is added; null where that depends on something hidden.',
  })
  total: number | null = null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the dice were enough, or the answer is right.',
  })
  success: boolean | null = null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many more answers the puzzle takes; null where there is no limit.',
  })
  attemptsLeft: number | null = null;

  @Field(() => ID, {
    nullable: true,
    description: 'The choice that made itself, for TIME_EXPIRED.',
  })
  choiceId: string | null = null;

  @Field(() => ChangedThing, { nullable: true, description: 'What has changed, for CHANGED.' })
  kind: ChangedThing | null = null;

  @Field(() => String, {
    nullable: true,
    description: 'The name or key of what has changed or was earned.',
  })
  name: string | null = null;

  @Field(() => ValueScalar, { nullable: true, description: 'What it is now.' })
  value: Value | null = null;

  @Field(() => String, {
    nullable: true,
    description: 'An emoji that stands for the achievement, for ACHIEVEMENT_EARNED.',
  })
  icon: string | null = null;

  @Field(() => Int, {
    nullable: true,
    description: 'The experience that the achievement brings, for ACHIEVEMENT_EARNED.',
  })
  points: number | null = null;

  constructor(fields: Partial<PlayEvent> & Pick<PlayEvent, 'type'>) {
    Object.assign(this, fields);
  }
}

/** What happened, as far as the reader may know. */
export const toEvents = (story: CompiledStory, events: readonly EngineEvent[]): PlayEvent[] =>
  events
    .filter((event) => event.type !== 'changed' || isShown(story, event.slot))
    .map((event) => toEvent(story, event, false));

/** What happened, hidden things too: for those who write the story. */
export const toAllEvents = (story: CompiledStory, events: readonly EngineEvent[]): PlayEvent[] =>
  events.map((event) => toEvent(story, event, true));

/** Tells of an achievement. */
export const toEarnedEvent = (achievement: {
  readonly key: string;
  readonly name: string;
  readonly icon: string;
  readonly points: number;
}): PlayEvent => {
  const { key, name, icon, points } = achievement;
  return new PlayEvent({
    type: PlayEventType.ACHIEVEMENT_EARNED,
    name: key,
    text: name,
    icon,
    points,
  });
};

function toEvent(story: CompiledStory, event: EngineEvent, showsAll: boolean): PlayEvent {
  const type = event.type as PlayEventType;
  switch (event.type) {
    case 'consequences':
      return new PlayEvent({ type, text: event.text });
    case 'entered':
    case 'ended':
      return new PlayEvent({ type, nodeId: encodeId('node', event.node) });
    case 'rolled':
      return new PlayEvent({
        type,
        dice: event.dice,
        total: showsAll ? Math.trunc(event.total) : (shownTotal(story, event) ?? null),
        success: event.success,
      });
    case 'answered':
      return new PlayEvent({
        type,
        success: event.right,
        attemptsLeft: event.attemptsLeft ?? null,
        text: event.hint ?? null,
      });
    case 'changed':
      return new PlayEvent({
        type,
        kind: event.slot.kind as ChangedThing,
        name: event.slot.name,
        value: event.to,
      });
    case 'expired':
      return new PlayEvent({ type, choiceId: encodeId('choice', event.choice) });
  }
}
