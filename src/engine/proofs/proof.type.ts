import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { ValidationFinding, toFinding } from '../validation/validation.type.js';
import {
  UNKNOWN,
  witnessIn,
  type ProofRecord,
  type VerdictRecord,
} from '../core/prover/proof-record.js';
import { MOST_STATES } from '../core/prover/prove.js';
import type { ProofEntity } from './proof.entity.js';
import { toWitness, Witness } from './witness.type.js';

export enum ProofStatus {
  QUEUED = 'queued',
  RUNNING = 'running',
  DONE = 'done',
  FAILED = 'failed',
}

registerEnumType(ProofStatus, {
  name: 'ProofStatus',
  description: 'How far a proof is.',
  valuesMap: {
    QUEUED: { description: 'It waits for its turn.' },
    RUNNING: { description: 'It is being worked on; see `progress`.' },
    DONE: { description: 'It has a result.' },
    FAILED: { description: 'It broke off; ask for it again with proveStory.' },
  },
});

export enum Reachability {
  REACHABLE = 'REACHABLE',
  UNREACHABLE = 'UNREACHABLE',
  UNKNOWN = 'UNKNOWN',
}

registerEnumType(Reachability, {
  name: 'Reachability',
  description: 'Whether readers can come to something, with all rules taken into account.',
  valuesMap: {
    REACHABLE: { description: 'Some play leads there: `witness` is the shortest.' },
    UNREACHABLE: { description: 'No play does.' },
    UNKNOWN: { description: 'The proof ended before it was settled.' },
  },
});

@ObjectType({ isAbstract: true })
class Verdict {
  @Field(() => Reachability, { description: 'What is proved.' })
  verdict: Reachability;

  @Field(() => Witness, { nullable: true, description: 'The shortest play, for REACHABLE.' })
  witness: Witness | null;
}

@ObjectType({ description: 'Whether readers can come to a node.' })
export class NodeVerdict extends Verdict {
  @Field(() => ID, { description: 'The node.' })
  nodeId: string;
}

@ObjectType({ description: 'Whether readers can make a choice.' })
export class ChoiceVerdict extends Verdict {
  @Field(() => ID, { description: 'The choice.' })
  choiceId: string;
}

@ObjectType({ description: 'Whether readers can collect an artifact or an ending.' })
export class CollectibleVerdict extends Verdict {
  @Field({ description: 'The key of the artifact or ending.' })
  key: string;

  @Field({ description: 'Whether it is an ending; else it is an artifact.' })
  isEnding: boolean;
}

export const NodeVerdictConnection = ConnectionType('NodeVerdict', () => NodeVerdict);
export const ChoiceVerdictConnection = ConnectionType('ChoiceVerdict', () => ChoiceVerdict);

@ObjectType({
  description:
    'What the prover shows of a story: where readers can come, with every rule, roll and answer taken into account.',
})
export class StoryProof {
  @Field(() => ID, { description: 'The id of the proof.' })
  id: string;

  @Field(() => ProofStatus, { description: 'How far it is.' })
  status: ProofStatus;

  @Field({ description: 'SHA-256 of the story it is about, as a version of it would have.' })
  contentHash: string;

  @Field(() => Float, {
    description: 'How much of its bound on states is used up, 0 to 1; 1 when done.',
  })
  progress: number;

  @Field(() => Int, { description: 'How many states of node and memory it has looked at.' })
  states: number;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether all of them were looked at, so that nothing is unknown; null until done.',
  })
  isComplete: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it is proved that no reader can get stuck; false where one can, null where that is not known.',
  })
  isSafe: boolean | null;

  @Field(() => String, { nullable: true, description: 'What went wrong, for FAILED.' })
  error: string | null;

  @Field(() => [ValidationFinding], { description: 'What it found wrong.' })
  findings: ValidationFinding[];

  @Field(() => [CollectibleVerdict], { description: 'Of every declared artifact and ending.' })
  collectibles: CollectibleVerdict[];

  @Field({ description: 'When it was asked for.' })
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was done.' })
  finishedAt: Date | null;

  /** Not exposed: what resolvers go on from. */
  readonly row: ProofEntity;
}

const toVerdict = (record: ProofRecord, found: VerdictRecord<unknown>): Verdict => {
  const witness = witnessIn(record, found);
  if (witness !== undefined)
    return { verdict: Reachability.REACHABLE, witness: toWitness(witness) };
  const isUnknown = found.place === UNKNOWN;
  return { verdict: isUnknown ? Reachability.UNKNOWN : Reachability.UNREACHABLE, witness: null };
};

export const toNodeVerdict = (record: ProofRecord, found: VerdictRecord): NodeVerdict => ({
  nodeId: encodeId('node', found.id),
  ...toVerdict(record, found),
});

export const toChoiceVerdict = (record: ProofRecord, found: VerdictRecord): ChoiceVerdict => ({
  choiceId: encodeId('choice', found.id),
  ...toVerdict(record, found),
});

export function toProof(proof: ProofEntity): StoryProof {
  const { result } = proof;
  return {
    id: encodeId('proof', proof.proofId),
    status: proof.status as ProofStatus,
    contentHash: proof.contentHash,
    progress: proof.status === 'done' ? 1 : proof.states / MOST_STATES,
    states: proof.states,
    isComplete: result?.isComplete ?? null,
    isSafe: safetyOf(result),
    error: proof.error,
    findings: (result?.findings ?? []).map((finding) => toFinding(finding)),
    collectibles: (result?.collectibles ?? []).map((found) => ({
      key: found.id,
      isEnding: found.kind === 'ending',
      ...toVerdict(result!, found),
    })),
    createdAt: proof.createdAt,
    finishedAt: proof.finishedAt,
    row: proof,
  };
}

function safetyOf(result: ProofEntity['result']): boolean | null {
  if (result === null) return null;
  if (result.findings.some(({ severity }) => severity === 'error')) return false;
  return result.isComplete ? true : null;
}
