import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { encodeId } from '../../graphql/ids.js';
import type { FindingCode } from '../core/finding.js';
import type { FindingRecord } from '../core/prover/proof-record.js';
import { toWitness, Witness } from '../proofs/witness.type.js';
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
  IMAGE_WITHOUT_ALT_TEXT: 'IMAGE_WITHOUT_ALT_TEXT',
  MEDIA_NOT_READY: 'MEDIA_NOT_READY',
  BROKEN_LINK: 'BROKEN_LINK',
  TWINE_MARKUP: 'TWINE_MARKUP',
  FAULTY_DECLARATION: 'FAULTY_DECLARATION',
  DUPLICATE_DECLARATION: 'DUPLICATE_DECLARATION',
  UNUSED_DECLARATION: 'UNUSED_DECLARATION',
  FAULTY_RULE: 'FAULTY_RULE',
  UNKNOWN_ENDING: 'UNKNOWN_ENDING',
  MISSING_FAIL_TARGET: 'MISSING_FAIL_TARGET',
  CHECK_AND_PUZZLE: 'CHECK_AND_PUZZLE',
  PUZZLE_WITHOUT_ANSWER: 'PUZZLE_WITHOUT_ANSWER',
  TIMED_PUZZLE: 'TIMED_PUZZLE',
  SEVERAL_TIMED_CHOICES: 'SEVERAL_TIMED_CHOICES',
  SOFT_LOCK: 'SOFT_LOCK',
  TRAP: 'TRAP',
  NEVER_REACHED: 'NEVER_REACHED',
  CONDITION_NEVER_TRUE: 'CONDITION_NEVER_TRUE',
  CONDITION_ALWAYS_TRUE: 'CONDITION_ALWAYS_TRUE',
  CHECK_NEVER_SUCCEEDS: 'CHECK_NEVER_SUCCEEDS',
  CHECK_NEVER_FAILS: 'CHECK_NEVER_FAILS',
  NEVER_COLLECTED: 'NEVER_COLLECTED',
  WRITTEN_NEVER_READ: 'WRITTEN_NEVER_READ',
};

registerEnumType(FindingCodes, {
  name: 'FindingCode',
  description: 'The kinds of fault.',
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
    IMAGE_WITHOUT_ALT_TEXT: {
      description: 'The image of a node has no text for those who do not see it.',
    },
    MEDIA_NOT_READY: {
      description: 'The image or recording of a node is not ready, or was deleted.',
    },
    BROKEN_LINK: {
      description: 'A text has a picture, or a link that leads neither to the web nor to mail.',
    },
    TWINE_MARKUP: {
      description:
        'A text has a link, a name or code as Twine has them, which readers see as it stands.',
    },
    FAULTY_DECLARATION: {
      description: 'What a protagonist begins with does not fit the declarations.',
    },
    DUPLICATE_DECLARATION: {
      description:
        'Several variables, items, stats, protagonists, artifacts or endings have the same name.',
    },
    UNUSED_DECLARATION: { description: 'Something is declared that nothing in the story uses.' },
    FAULTY_RULE: {
      description:
        'A condition, check or effect cannot run: a name, a type or the syntax is wrong.',
    },
    UNKNOWN_ENDING: { description: 'A node collects an ending that is not declared.' },
    MISSING_FAIL_TARGET: { description: 'A choice rolls dice, but leads nowhere when they fail.' },
    CHECK_AND_PUZZLE: { description: 'A choice has both a check and a puzzle.' },
    PUZZLE_WITHOUT_ANSWER: { description: 'A puzzle has no right answer.' },
    TIMED_PUZZLE: { description: 'A puzzle is to make itself when time is out, which it cannot.' },
    SEVERAL_TIMED_CHOICES: {
      description: 'A choice would make itself, but another of the node does so sooner.',
    },
    SOFT_LOCK: {
      description: 'A reader can come to a node without any open choice. Found by proof.',
    },
    TRAP: {
      description: 'A reader can come to where no ending can be reached any more. Found by proof.',
    },
    NEVER_REACHED: {
      description:
        'Choices lead to a node, but never can a reader make one of them. Found by proof.',
    },
    CONDITION_NEVER_TRUE: {
      description: 'A condition is false whenever a reader stands there. Found by proof.',
    },
    CONDITION_ALWAYS_TRUE: {
      description: 'A condition is true whenever a reader stands there. Found by proof.',
    },
    CHECK_NEVER_SUCCEEDS: { description: 'No roll can make a check succeed. Found by proof.' },
    CHECK_NEVER_FAILS: { description: 'No roll can make a check fail. Found by proof.' },
    NEVER_COLLECTED: {
      description: 'No reader can ever collect an artifact or ending. Found by proof.',
    },
    WRITTEN_NEVER_READ: {
      description: 'A hidden variable is changed, but nothing reads it. Found by proof.',
    },
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
