import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { encodeId } from '../../graphql/ids.js';
import { ValueScalar } from '../../nodes/declarations/value.scalar.js';
import type { Value } from '../core/definition.js';
import { slotsOf, type Memory } from '../core/expressions/evaluate.js';
import type { Expression } from '../core/expressions/expression.js';
import { attemptsLeft, closed } from '../core/machine.js';
import { oddsOf } from '../core/odds.js';
import type { PlayState, Step } from '../core/play.js';
import { nameOfSlot, namedSlots } from '../core/slot-names.js';
import { readMemory } from '../core/state.js';
import type { CompiledStory } from '../core/story.js';
import { choiceFor, contentFor } from '../core/templates/texts.js';
import { PlayEvent, toAllEvents } from '../play-event.type.js';
import { DebugStateScalar } from './debug-state.scalar.js';

export enum ClosedBecause {
  CONDITION = 'condition',
  ATTEMPTS = 'attempts',
  NO_TARGET = 'no-target',
}

registerEnumType(ClosedBecause, {
  name: 'ClosedBecause',
  description: 'Why a choice cannot be made.',
  valuesMap: {
    CONDITION: { description: 'Its condition is false.' },
    ATTEMPTS: { description: 'All attempts at its puzzle are used up.' },
    NO_TARGET: { description: 'It leads nowhere.' },
  },
});

@ObjectType({ description: 'What something holds, as conditions call it.' })
export class DebugValue {
  @Field({ description: 'Such as gold, stats.health or inventory.lamp.' })
  name: string;

  @Field(() => ValueScalar, { description: 'What it holds.' })
  value: Value;
}

@ObjectType({ description: 'A choice where the play stands, and why it is open or closed.' })
export class DebugChoice {
  @Field(() => ID, { description: 'The choice.' })
  choiceId: string;

  @Field({ description: 'A, B, C and so on.' })
  letter: string;

  @Field({ description: 'What the reader may choose.' })
  text: string;

  @Field({ description: 'Whether it can be made.' })
  isOpen: boolean;

  @Field(() => ClosedBecause, { nullable: true, description: 'Why not; null when it can.' })
  closedBecause: ClosedBecause | null;

  @Field({ description: 'Whether readers see it at all.' })
  isShown: boolean;

  @Field(() => String, { nullable: true, description: 'Its condition.' })
  condition: string | null;

  @Field(() => Boolean, { nullable: true, description: 'What its condition is now.' })
  conditionValue: boolean | null;

  @Field(() => [DebugValue], {
    description: 'What its condition and its check read, and what that holds.',
  })
  reads: DebugValue[];

  @Field(() => Float, { nullable: true, description: 'How likely its check succeeds, 0 to 1.' })
  odds: number | null;

  @Field(() => Int, { nullable: true, description: 'How many answers its puzzle still takes.' })
  attemptsLeft: number | null;
}

@ObjectType({
  description: 'Where a debugged play stands. Nothing of it is stored, and no reader is counted.',
})
export class DebugView {
  @Field(() => DebugStateScalar, { description: 'Send it back to go on from here, now or later.' })
  state: PlayState;

  @Field(() => ID, { description: 'The node.' })
  nodeId: string;

  @Field({ description: 'What the author calls the node.' })
  nodeKey: string;

  @Field({ description: 'The text of the node, in Markdown, as it is told there.' })
  content: string;

  @Field({ description: 'Whether the play has ended.' })
  isEnding: boolean;

  @Field(() => [DebugValue], { description: 'Everything that conditions can read, hidden or not.' })
  values: DebugValue[];

  @Field(() => [DebugChoice], { description: 'All choices of the node, open or not.' })
  choices: DebugChoice[];

  @Field(() => [PlayEvent], {
    description: 'What the beginning or the choice brought about, hidden things too.',
  })
  events: PlayEvent[];
}

export function toDebugView(story: CompiledStory, { state, events }: Step): DebugView {
  const memory = readMemory(story, state);
  const index = story.indexOfNode.get(state.node)!;
  const node = story.nodes[index]!;
  return {
    state,
    nodeId: encodeId('node', node.id),
    nodeKey: node.key,
    content: contentFor(story, memory, index),
    isEnding: node.type === 'ending',
    values: [...namedSlots(story)].map(([name, slot]) => ({ name, value: memory[slot.index]! })),
    choices: node.choices.map((_, place) =>
      toDebugChoice(story, memory, story.firstChoice[index]! + place),
    ),
    events: toAllEvents(story, events),
  };
}

function toDebugChoice(story: CompiledStory, memory: Memory, index: number): DebugChoice {
  const { id, letter, text, condition, lockedText } = choiceFor(story, memory, index);
  const { condition: compiled, isOpen, check } = story.rules[index]!;
  const why = closed(story, memory, index);
  return {
    choiceId: encodeId('choice', id),
    letter,
    text,
    isOpen: why === undefined,
    closedBecause: (why ?? null) as ClosedBecause | null,
    isShown: why !== 'condition' || lockedText !== undefined,
    condition: condition ?? null,
    conditionValue: isOpen === undefined ? null : (isOpen(memory) as boolean),
    reads: readBy(story, memory, [compiled, check?.bonus, check?.against]),
    odds: oddsOf(story, memory, index) ?? null,
    attemptsLeft: attemptsLeft(story, memory, index) ?? null,
  };
}

function readBy(
  story: CompiledStory,
  memory: Memory,
  expressions: readonly (Expression | undefined)[],
): DebugValue[] {
  const indices = expressions.flatMap((each) => (each === undefined ? [] : [...slotsOf(each)]));
  return [...new Set(indices)].map((index) => ({
    name: nameOfSlot(story, story.layout.slots[index]!),
    value: memory[index]!,
  }));
}
