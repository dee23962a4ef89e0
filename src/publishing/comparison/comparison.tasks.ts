/** What threads do to compare whole drafts: texts from the database go in. */
import { readDraft } from '../../engine/draft-definition.js';
import { compare, countsOf, type Difference, type DifferenceCounts } from './compare.js';

/** Two states of a draft, as `DraftDefinitionRepository` has them. */
export interface DraftsTask {
  readonly before: string;
  readonly after: string;
}

export interface ComparedDrafts extends DifferenceCounts {
  /** As many as have {@link MOST_TEXT} together: the first of them. */
  readonly differences: readonly Difference[];
}

/** The most characters of differences that are told, as JSON. */
const MOST_TEXT = 1_000_000;

export function compareDrafts({ before, after }: DraftsTask): ComparedDrafts {
  const all = compare(readDraft(before), readDraft(after));
  return { ...countsOf(all), differences: beginning(all) };
}

function beginning(all: readonly Difference[]): Difference[] {
  let length = 0;
  const end = all.findIndex((each) => (length += JSON.stringify(each).length) > MOST_TEXT);
  return all.slice(0, end === -1 ? all.length : end);
}
