import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { encodeId } from '../../graphql/ids.js';
import type { Finding, FindingCode, Severity } from '../core/validate.js';

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

/** Every code, with itself as value, so that the compiler notices one that is missing here. */
export const FindingCodes: { readonly [Code in FindingCode]: Code } = {
  EMPTY_STORY: 'EMPTY_STORY',
  NO_START: 'NO_START',
  SEVERAL_STARTS: 'SEVERAL_STARTS',
  NO_ENDING: 'NO_ENDING',
  DUPLICATE_KEY: 'DUPLICATE_KEY',
  DUPLICATE_LETTER: 'DUPLICATE_LETTER',
  MISSING_TARGET: 'MISSING_TARGET',
  DEAD_END: 'DEAD_END',
  NO_WAY_TO_AN_ENDING: 'NO_WAY_TO_AN_ENDING',
  ENDING_WITH_CHOICES: 'ENDING_WITH_CHOICES',
  UNREACHABLE_NODE: 'UNREACHABLE_NODE',
  EMPTY_CONTENT: 'EMPTY_CONTENT',
};

registerEnumType(FindingCodes, {
  name: 'FindingCode',
  description: 'The kinds of structural fault.',
  valuesMap: {
    EMPTY_STORY: { description: 'There are no nodes.' },
    NO_START: { description: 'No node is marked as the start.' },
    SEVERAL_STARTS: { description: 'More than one node is marked as the start.' },
    NO_ENDING: { description: 'No node is an ending.' },
    DUPLICATE_KEY: { description: 'Several nodes have the same key.' },
    DUPLICATE_LETTER: { description: 'Several choices of a node have the same letter.' },
    MISSING_TARGET: { description: 'A choice leads nowhere, or to a deleted node.' },
    DEAD_END: { description: 'A node has no choices and is no ending.' },
    NO_WAY_TO_AN_ENDING: { description: 'No ending can be reached from a node.' },
    ENDING_WITH_CHOICES: { description: 'An ending has choices that nobody will be offered.' },
    UNREACHABLE_NODE: { description: 'No path from the start leads to a node.' },
    EMPTY_CONTENT: { description: 'A node has no text.' },
  },
});

@ObjectType({ description: 'A structural fault, its place and its fix.' })
export class ValidationFinding {
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
}

@ObjectType({ description: 'All that the validator finds in a draft.' })
export class ValidationReport {
  @Field({ description: 'Whether the story can be published: there is no error.' })
  isValid: boolean;

  @Field(() => Int, { description: 'How many findings are errors.' })
  errorCount: number;

  @Field(() => Int, { description: 'How many findings are warnings.' })
  warningCount: number;

  @Field(() => [ValidationFinding], {
    description: 'All findings: of the story first, then node by node.',
  })
  findings: ValidationFinding[];
}

const toFinding = ({ code, severity, node, choice, message, fix }: Finding): ValidationFinding => ({
  code,
  severity: severity as FindingSeverity,
  nodeId: node === undefined ? null : encodeId('node', node.id),
  nodeKey: node?.key ?? null,
  choiceId: choice === undefined ? null : encodeId('choice', choice.id),
  message,
  fix,
});

export function toReport(findings: readonly Finding[]): ValidationReport {
  const count = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  return {
    isValid: count('error') === 0,
    errorCount: count('error'),
    warningCount: count('warning'),
    findings: findings.map(toFinding),
  };
}

/** A finding as an error's extensions carry it: with the names of the schema's enums, as a query answers them. */
export const toPlainFinding = (finding: Finding) => ({
  ...toFinding(finding),
  severity: finding.severity.toUpperCase(),
});
