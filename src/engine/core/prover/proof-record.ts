import type { ChoiceDefinition, NodeDefinition } from '../definition.js';
import type { Finding } from '../finding.js';
import type { CompiledStory } from '../story.js';
import type { Exploration } from './exploration.js';
import { proofFindings } from './findings.js';
import { conclude, type Verdict } from './prove.js';
import { stepOf, type Witness, type WitnessStep } from './witness.js';

/** What a proof has shown, as plain JSON: it is kept, and outlives the exploration. */
export interface ProofRecord {
  /** Whether every state was looked at, so that nothing is unknown. */
  readonly isComplete: boolean;
  /** How many states were looked at. */
  readonly states: number;
  readonly findings: readonly FindingRecord[];
  /** The shortest plays to all that is reachable, as one tree: how each place was come to, and from where. */
  readonly tree: readonly Branch[];
  readonly nodes: readonly VerdictRecord[];
  readonly choices: readonly VerdictRecord[];
  readonly collectibles: readonly (VerdictRecord<string> & { readonly kind: string })[];
}

/** The place before it, {@link ROOT} for none, and the step from there; of a first place whom to play. */
export type Branch = readonly [from: number, step: WitnessStep | { readonly protagonist?: string }];

export interface VerdictRecord<Id = number> {
  readonly id: Id;
  /** The place in the tree that a play comes to, {@link UNREACHABLE} or {@link UNKNOWN}. */
  readonly place: number;
  /** What is to be done there yet. */
  readonly last?: WitnessStep;
}

/** A finding without the texts of its place. */
export interface FindingRecord extends Omit<Finding, 'node' | 'choice'> {
  readonly node?: Pick<NodeDefinition, 'id' | 'key'>;
  readonly choice?: Pick<ChoiceDefinition, 'id'>;
}

export const toFindingRecord = ({ node, choice, ...finding }: Finding): FindingRecord => ({
  ...finding,
  ...(node !== undefined && { node: { id: node.id, key: node.key } }),
  ...(choice !== undefined && { choice: { id: choice.id } }),
});

export const ROOT = -1;
export const UNREACHABLE = -1;
export const UNKNOWN = -2;

/** Writes down what an exploration, finished or not, has shown. */
export function recordOf(exploration: Exploration): ProofRecord {
  const { story } = exploration;
  const proof = conclude(exploration);
  const tree = new Tree(exploration);
  return {
    isComplete: proof.isComplete,
    states: proof.states,
    findings: proofFindings(story, proof).map(toFindingRecord),
    nodes: verdicts(story.nodes, proof.nodes, tree),
    choices: verdicts(story.choices, proof.choices, tree),
    collectibles: [...proof.collectibles].map(([{ kind, name }, verdict]) => ({
      ...tree.verdict(name, verdict),
      kind,
    })),
    tree: tree.branches,
  };
}

/** The play to a verdict's place, or undefined when there is none. */
export function witnessIn(
  { tree }: ProofRecord,
  { place, last }: Pick<VerdictRecord, 'place' | 'last'>,
): Witness | undefined {
  if (place < 0) return undefined;
  const steps: WitnessStep[] = last === undefined ? [] : [last];
  for (let at = place; ;) {
    const [from, step] = tree[at]!;
    if (from === ROOT) {
      const { protagonist } = step as { readonly protagonist?: string };
      return { protagonist, steps: steps.reverse() };
    }
    steps.push(step as WitnessStep);
    at = from;
  }
}

const verdicts = (
  of: CompiledStory['nodes'] | CompiledStory['choices'],
  found: readonly Verdict[],
  tree: Tree,
): VerdictRecord[] => of.map(({ id }, index) => tree.verdict(id, found[index]!));

/** The part of an exploration's tree that plays lead along. */
class Tree {
  readonly branches: Branch[] = [];
  readonly #placeOf = new Map<number, number>();

  constructor(private readonly exploration: Exploration) {}

  verdict<Id>(id: Id, verdict: Verdict): VerdictRecord<Id> {
    if (verdict.status === 'unknown') return { id, place: UNKNOWN };
    if (verdict.status === 'unreachable') return { id, place: UNREACHABLE };
    const { last } = verdict;
    return { id, place: this.#grow(verdict.state), ...(last !== undefined && { last }) };
  }

  /** Adds what of the way to a state is not there yet. @returns the state's place */
  #grow(state: number): number {
    const missing: number[] = [];
    for (let at = state; at >= 0 && !this.#placeOf.has(at); at = this.exploration.parents[at]!) {
      missing.push(at);
    }
    for (const each of missing.reverse()) {
      const parent = this.exploration.parents[each]!;
      this.#placeOf.set(each, this.branches.length);
      this.branches.push([this.#placeOf.get(parent) ?? ROOT, this.#stepTo(each)]);
    }
    return this.#placeOf.get(state)!;
  }

  #stepTo(state: number): Branch[1] {
    const move = this.exploration.moves[state]!;
    switch (move.kind) {
      case 'begin':
        return move.protagonist === undefined ? {} : { protagonist: move.protagonist };
      case 'set':
        return { set: move.slot.name, value: move.value };
      case 'choice':
        return stepOf(this.exploration.story, move.choice, move.resolution);
    }
  }
}
