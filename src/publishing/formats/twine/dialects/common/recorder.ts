import type { Place } from '../../../place.js';
import { placesIn } from '../../../places.js';
import type { ConstructRecord, LinkRecord, Outcome, PassagePlace } from '../../fidelity.js';
import type { Code, Construct } from './tree.js';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Takes down what becomes of each link and construct of one passage. */
export class Recorder {
  readonly links: Mutable<LinkRecord>[] = [];
  readonly constructs: ConstructRecord[] = [];
  /** Whether a computed link may lead to where nothing else does. */
  isOpenEnded = false;
  readonly #placeOf: (offset: number) => Place;

  constructor(
    private readonly passage: string,
    text: string,
    private readonly exists: (passage: string) => boolean,
  ) {
    this.#placeOf = placesIn(text);
  }

  construct({ offset, source, name, whole }: Construct, outcome: Outcome, note?: string): void {
    this.constructs.push({
      place: this.place(offset),
      name,
      source: shortened(whole ?? source),
      outcome,
      ...(note !== undefined && { note }),
    });
  }

  /** @returns the record, whose outcome may still change while the passage is translated */
  link(
    { offset, source }: Code,
    kind: LinkRecord['kind'],
    target: string | null,
    outcome: Outcome,
    note?: string,
    isBack = false,
  ): Mutable<LinkRecord> {
    if (kind === 'computed' && !isBack) this.isOpenEnded = true;
    const record: Mutable<LinkRecord> = {
      place: this.place(offset),
      source: shortened(source),
      kind,
      target,
      isBroken: target !== null && !this.exists(target),
      outcome,
      ...(note !== undefined && { note }),
    };
    this.links.push(record);
    return record;
  }

  place(offset: number): PassagePlace {
    return { passage: this.passage, ...this.#placeOf(offset) };
  }
}

/** The most characters of code in a report. */
const LONGEST_SOURCE = 200;

export const shortened = (source: string): string =>
  source.length <= LONGEST_SOURCE
    ? source
    : `${source.slice(0, LONGEST_SOURCE / 2)} … ${source.slice(-LONGEST_SOURCE / 2)}`.toWellFormed();
