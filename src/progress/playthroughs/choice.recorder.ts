import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Lanes } from '../../database/lanes.js';
import type { ReadingTerms } from '../reading/reading.repository.js';
import { PlayFacts } from './play-facts.js';
import type { StepOutcome } from './progress-step.entity.js';
import type { ProgressEntity } from './progress.entity.js';
import { ADVANCE, MOST_AT_ONCE } from './progress.statements.js';

/** A choice, and where it leads. */
export interface Advance extends Pick<ProgressEntity, 'state' | 'isCompleted' | 'ending'> {
  readonly choiceId: number;
  readonly outcome: StepOutcome | null;
  readonly collected: readonly string[] | null;
}

/** What a choice has made of a playthrough. */
export interface Advanced {
  readonly progress: ProgressEntity;
  readonly terms: ReadingTerms;
}

interface Asked {
  /** The playthrough as it is believed to be. */
  readonly from: ProgressEntity;
  readonly choice: Advance;
}

/** What the statement tells of a choice that it made: the how manieth of those that it was asked for. */
type Made = ReadingTerms &
  Pick<ProgressEntity, 'lastUpdated' | 'rowVersion'> & { readonly place: number };

/** Records choices: those that are made at the same moment by one statement, and so by one commit. */
@Injectable()
export class ChoiceRecorder {
  readonly #together: (asked: Asked) => Promise<Advanced | undefined>;

  constructor(
    private readonly database: Database,
    private readonly facts: PlayFacts,
  ) {
    this.#together = database.together(new Lanes(), MOST_AT_ONCE, (asked: readonly Asked[]) =>
      this.#record(asked),
    );
  }

  /**
   * Moves a playthrough on.
   * @param from the playthrough as it is believed to be
   * @returns undefined when it is not so any more: nothing has happened then
   */
  advance(from: ProgressEntity, choice: Advance): Promise<Advanced | undefined> {
    return this.#together({ from, choice });
  }

  /** Asked again after a failure, it does nothing for what was committed all the same: that playthrough is not so any more. */
  async #record(asked: readonly Asked[]): Promise<(Advanced | undefined)[]> {
    const rows = await this.database.prepared<Made>(ADVANCE, [
      JSON.stringify(asked.map(toRow).toSorted(byPlaythrough)),
    ]);
    if (rows.length > 0) this.facts.tell();
    const made = new Map(rows.map((row) => [row.place, row]));
    return asked.map((one, place) => toAdvanced(one, made.get(place)));
  }
}

const toRow = ({ from, choice }: Asked, place: number) => ({
  place,
  progress_id: from.progressId,
  step: from.step,
  row_version: from.rowVersion,
  user_id: from.userId,
  version_id: from.versionId,
  node_id: from.currentNodeId,
  choice_id: choice.choiceId,
  to_node_id: choice.state.node,
  state: choice.state,
  is_completed: choice.isCompleted,
  ending: choice.ending,
  outcome: choice.outcome,
  collected: choice.collected,
});

/** Rows are locked in this order: statements that meet at two of them wait for each other, but not each for the other. */
const byPlaythrough = (one: ReturnType<typeof toRow>, other: ReturnType<typeof toRow>) =>
  one.progress_id - other.progress_id;

function toAdvanced({ from, choice }: Asked, made: Made | undefined): Advanced | undefined {
  if (made === undefined) return undefined;
  const { place: _, lastUpdated, rowVersion, clock, ...terms } = made;
  const { state, isCompleted, ending } = choice;
  const reached = { currentNodeId: state.node, state, step: from.step + 1, isCompleted, ending };
  return {
    progress: { ...from, ...reached, lastUpdated, rowVersion },
    // The statement tells how it stood before it.
    terms: { ...terms, clock: clock === null ? null : clock + 1 },
  };
}
