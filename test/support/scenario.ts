import type { StorySchema, Value } from '../../src/engine/core/definition.js';
import { diceThatShow } from '../../src/engine/core/odds.js';
import {
  choose,
  isRejection,
  start,
  type PlayEvent,
  type PlayState,
  type Rejection,
} from '../../src/engine/core/play.js';
import { nameOfSlot } from '../../src/engine/core/slot-names.js';
import { compile, type CompiledStory } from '../../src/engine/core/story.js';
import { writtenStory, type WrittenNode } from './written-story.js';

interface How {
  /** What the dice show in sum. */
  readonly dice?: number;
  readonly answer?: string;
  /** Seconds since the start. */
  readonly at?: number;
}

/** A play of a small story, told step by step; nodes go by their keys, choices by their letters. */
export class Scenario {
  readonly story: CompiledStory;
  state: PlayState;
  events: readonly PlayEvent[];

  constructor(
    nodes: Readonly<Record<string, WrittenNode>>,
    schema?: StorySchema,
    protagonist?: string,
  ) {
    this.story = compile(writtenStory(nodes, schema));
    const begun = start(this.story, { now: 0, ...(protagonist && { protagonist }) });
    if (isRejection(begun)) throw new Error(begun.rejected);
    ({ state: this.state, events: this.events } = begun);
  }

  /** The key of the node where the reader stands. */
  get node(): string {
    return this.story.nodes[this.#index]!.key;
  }

  /** Makes a choice. @returns this, for more */
  choose(letter: string, how: How = {}): this {
    const step = this.#try(letter, how);
    if (isRejection(step)) throw new Error(`${letter} is refused: ${JSON.stringify(step)}`);
    ({ state: this.state, events: this.events } = step);
    return this;
  }

  /** @returns why a choice is refused, which changes nothing */
  refusal(letter: string, how: How = {}): Rejection {
    const before = JSON.stringify(this.state);
    const step = this.#try(letter, how);
    if (!isRejection(step)) throw new Error(`${letter} is not refused.`);
    if (JSON.stringify(this.state) !== before) throw new Error('A refusal changed the state.');
    return step;
  }

  /** What the last step changed, by name, in order. */
  get changes(): readonly (readonly [name: string, to: Value])[] {
    return this.events.flatMap((event) =>
      event.type === 'changed' ? [[nameOfSlot(this.story, event.slot), event.to] as const] : [],
    );
  }

  event<Type extends PlayEvent['type']>(
    type: Type,
  ): Extract<PlayEvent, { type: Type }> | undefined {
    return this.events.find(
      (event): event is Extract<PlayEvent, { type: Type }> => event.type === type,
    );
  }

  get #index(): number {
    return this.story.indexOfNode.get(this.state.node)!;
  }

  #try(letter: string, { dice, answer, at = 0 }: How) {
    const { choices } = this.story.nodes[this.#index]!;
    const place = choices.findIndex((choice) => choice.letter === letter);
    const check = this.story.rules[this.story.firstChoice[this.#index]! + place]?.check;
    return choose(this.story, this.state, choices[place]?.id ?? 0, {
      now: at * 1000,
      ...(check !== undefined && dice !== undefined && { random: diceThatShow(check.dice, dice) }),
      ...(answer !== undefined && { answer }),
    });
  }
}
