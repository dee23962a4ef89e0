/**
 * What threads do with whole stories, each as a text: a draft as `DraftDefinitionRepository` has it, a story as the JSON of
 * its definition, which is what versions keep.
 */
import type { StoryDefinition } from './core/definition.js';
import { Exploration } from './core/prover/exploration.js';
import { recordOf, toFindingRecord, type FindingRecord } from './core/prover/proof-record.js';
import { MOST_STATES } from './core/prover/prove.js';
import { Simulator, type SimulationOptions, type Strategy } from './core/simulate.js';
import type { Simulation } from './core/simulation.js';
import { compile, startsOf } from './core/story.js';
import { validate } from './core/validate.js';
import { hashOfStory } from './content-hash.js';
import { readDraft } from './draft-definition.js';
import { findingKey, placeHash } from './validation/finding-key.js';

/** A draft as a version would keep it. */
export interface Digest {
  readonly story: string;
  readonly contentHash: string;
}

export const digest = (draft: string): Digest => digestOf(readDraft(draft));

/** A draft as a version would keep it, and all faults of its structure and rules. */
export function examine(draft: string): Digest & { readonly findings: FindingRecord[] } {
  const story = readDraft(draft);
  return { ...digestOf(story), findings: validate(compile(story)).map(toFindingRecord) };
}

/** A fault, and the hash of its place where that was asked for. */
export interface PlacedFinding {
  readonly finding: FindingRecord;
  readonly place?: string;
}

/** All faults of a draft. @param findingIds of which to tell the places */
export function findFaults({
  draft,
  findingIds,
}: {
  readonly draft: string;
  readonly findingIds: ReadonlySet<string>;
}): PlacedFinding[] {
  const story = compile(readDraft(draft));
  return validate(story).map((finding) => ({
    finding: toFindingRecord(finding),
    ...(findingIds.has(findingKey(finding)) && { place: placeHash(finding, story) }),
  }));
}

/** How many states are looked at between two looks at the clock. */
const SLICE = 500;

export interface ProofTask {
  readonly story: string;
  /** In milliseconds: what is unknown then stays so. */
  readonly longest: number;
  /** Shared: tells at its first place how many states have been looked at so far. */
  readonly looked: Int32Array;
}

/** What a proof has shown: the record of it as JSON, and of that what a publication asks for. */
export interface ProofResult {
  readonly record: string;
  readonly isComplete: boolean;
  readonly states: number;
  readonly findings: readonly FindingRecord[];
}

export function prove({ story, longest, looked }: ProofTask): ProofResult {
  const exploration = new Exploration(compile(parse(story)), MOST_STATES);
  const until = performance.now() + longest;
  while (exploration.run(SLICE) && performance.now() < until) looked[0] = exploration.expanded;
  const record = recordOf(exploration);
  const { isComplete, states, findings } = record;
  return { record: JSON.stringify(record), isComplete, states, findings };
}

/** What came of a simulation, and how its readers really chose. */
export interface SimulationOutcome {
  readonly simulation: Simulation;
  readonly strategy: Strategy;
}

export interface SimulationTask {
  readonly of: { readonly draft: string } | { readonly snapshot: string };
  readonly options: SimulationOptions;
  /** In milliseconds: what was played until then counts. */
  readonly longest: number;
}

/**
 * Plays a draft or a version many times. Where readers made none of its choices, it chooses evenly.
 * @returns undefined when the story has no start
 */
export function simulate({ of, options, longest }: SimulationTask): SimulationOutcome | undefined {
  const story = compile('draft' in of ? readDraft(of.draft) : parse(of.snapshot));
  if (startsOf(story).length === 0) return undefined;
  const { weights, strategy: wanted = 'uniform' } = options;
  const isUnread = weights !== undefined && !story.choices.some(({ id }) => weights.has(id));
  const strategy = isUnread ? 'uniform' : wanted;
  const simulator = new Simulator(story, { ...options, strategy });
  const until = performance.now() + longest;
  while (performance.now() < until && simulator.play());
  return { simulation: simulator.result(), strategy };
}

function digestOf(definition: StoryDefinition): Digest {
  const story = JSON.stringify(definition);
  return { story, contentHash: hashOfStory(story) };
}

const parse = (story: string) => JSON.parse(story) as StoryDefinition;
