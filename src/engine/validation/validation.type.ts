import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { encodeId } from '../../graphql/ids.js';
import type { FindingCode } from '../core/finding.js';
import type { FindingRecord } from '../core/prover/proof-record.js';
import { toWitness, Witness } from '../proofs/witness.type.js';
import { FindingCodes } from './finding-code.type.js';
import { findingKey } from './finding-key.js';
import type { KnownFinding } from './validation.service.js';

export enum FindingSeverity {
  ERROR = 'error',
  WARNING = 'warning',
}

registerEnumType(FindingSeverity, {
  name: 'FindingSeverity',
  description: 'How much a finding matters.',
  valuesMap: {
    ERROR: { description: 'Keeps the story from being published.' },
    WARNING: { description: 'Worth a look; does not keep the story from being published.' },
  },
});

@ObjectType({ description: 'A structural fault, its place and its fix.' })
export class ValidationFinding {
  @Field(() => ID, {
    description: 'Names the finding: the same fault at the same place keeps it.',
  })
  id: string;

  @Field({ description: 'Whether the author has acknowledged it.' })
  isAcknowledged: boolean;

  @Field(() => FindingCodes, { description: 'What kind of fault it is.' })
  code: FindingCode;

  @Field(() => FindingSeverity, { description: 'How much it matters.' })
  severity: FindingSeverity;

  @Field(() => ID, {
    nullable: true,
    description: 'The node it is about; null for the whole story.',
  })
  nodeId: string | null;

  @Field(() => String, { nullable: true, description: 'What the author calls that node.' })
  nodeKey: string | null;

  @Field(() => ID, { nullable: true, description: 'The choice it is about, if it is about one.' })
  choiceId: string | null;

  @Field({ description: 'What is wrong.' })
  message: string;

  @Field({ description: 'What to do about it.' })
  fix: string;

  @Field(() => Witness, {
    nullable: true,
    description: 'The shortest play that shows it, where a proof found it.',
  })
  witness: Witness | null;
}

@ObjectType({ description: 'All that the validator finds in a draft or a version.' })
export class ValidationReport {
  @Field({ description: 'Whether the story can be published: there is no error.' })
  isValid: boolean;

  @Field(() => Int, { description: 'How many findings are errors.' })
  errorCount: number;

  @Field(() => Int, { description: 'How many findings are warnings that nobody acknowledged.' })
  warningCount: number;

  @Field(() => Int, { description: 'How many are warnings that the author acknowledged.' })
  acknowledgedCount: number;

  @Field(() => [ValidationFinding], {
    description: 'All findings: of the story first, then node by node.',
  })
  findings: ValidationFinding[];
}

export function toFinding(found: FindingRecord, isAcknowledged = false): ValidationFinding {
  const { code, severity, node, choice, message, fix, witness } = found;
  return {
    id: findingKey(found),
    isAcknowledged,
    code,
    severity: severity as FindingSeverity,
    nodeId: node === undefined ? null : encodeId('node', node.id),
    nodeKey: node?.key ?? null,
    choiceId: choice === undefined ? null : encodeId('choice', choice.id),
    message,
    fix,
    witness: witness === undefined ? null : toWitness(witness),
  };
}

/** @param withAcknowledged whether to list those too; they are counted either way */
export function toReport(
  known: readonly KnownFinding[],
  withAcknowledged = false,
): ValidationReport {
  const open = known.filter(({ isAcknowledged }) => !isAcknowledged);
  const errors = open.filter(({ finding }) => finding.severity === 'error').length;
  return {
    isValid: errors === 0,
    errorCount: errors,
    warningCount: open.length - errors,
    acknowledgedCount: known.length - open.length,
    findings: (withAcknowledged ? known : open).map(({ finding, isAcknowledged }) =>
      toFinding(finding, isAcknowledged),
    ),
  };
}

/** A finding as an error's extensions carry it: with the names of the schema's enums, as a query answers them. */
export const toPlainFinding = (finding: FindingRecord) => ({
  ...toFinding(finding),
  severity: finding.severity.toUpperCase(),
});
