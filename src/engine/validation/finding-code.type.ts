import { registerEnumType } from '@nestjs/graphql';
import type { DraftFindingCode, FindingCode } from '../core/finding.js';
import type { ProofFindingCode } from '../core/prover/findings.js';

/** What each code means. The compiler notices one that is missing. */
type Meanings<Code extends string> = Readonly<Record<Code, string>>;

export const DRAFT_FINDINGS: Meanings<DraftFindingCode> = {
  EMPTY_STORY: 'There are no nodes.',
  NO_START: 'No node is marked as the start.',
  SEVERAL_STARTS: 'More than one node is marked as the start.',
  NO_ENDING: 'No node is an ending.',
  DUPLICATE_KEY: 'Several nodes have the same key.',
  DUPLICATE_LETTER: 'Several choices of a node have the same letter.',
  MISSING_TARGET: 'A choice leads nowhere, or to a deleted node.',
  DEAD_END: 'A node has no choices and is no ending.',
  NO_WAY_TO_AN_ENDING: 'No ending can be reached from a node.',
  ENDING_WITH_CHOICES: 'An ending has choices that nobody will be offered.',
  UNREACHABLE_NODE: 'No path from the start leads to a node.',
  EMPTY_CONTENT: 'A node has no text that readers see.',
  IMAGE_WITHOUT_ALT_TEXT: 'The image of a node has no text for those who do not see it.',
  MEDIA_NOT_READY: 'The image or recording of a node is not ready, or was deleted.',
  BROKEN_LINK: 'A text has a picture, or a link that leads neither to the web nor to mail.',
  TWINE_MARKUP:
    'A text has a link, a name or code as Twine has them, which readers see as it stands.',
  FAULTY_DECLARATION: 'What a protagonist begins with does not fit the declarations.',
  DUPLICATE_DECLARATION:
    'Several variables, items, stats, protagonists, artifacts, endings or achievements have the same name.',
  UNUSED_DECLARATION: 'Something is declared that nothing in the story uses.',
  FAULTY_RULE: 'A condition, check or effect cannot run: a name, a type or the syntax is wrong.',
  UNKNOWN_ENDING: 'A node collects an ending that is not declared.',
  MISSING_FAIL_TARGET: 'A choice rolls dice, but leads nowhere when they fail.',
  CHECK_AND_PUZZLE: 'A choice has both a check and a puzzle.',
  PUZZLE_WITHOUT_ANSWER: 'A puzzle has no right answer.',
  TIMED_PUZZLE: 'A puzzle is to make itself when time is out, which it cannot.',
  SEVERAL_TIMED_CHOICES: 'A choice would make itself, but another of the node does so sooner.',
};

const PROOF_FINDINGS: Meanings<ProofFindingCode> = {
  SOFT_LOCK: 'A reader can come to a node without any open choice. Found by proof.',
  TRAP: 'A reader can come to where no ending can be reached any more. Found by proof.',
  NEVER_REACHED: 'Choices lead to a node, but never can a reader make one of them. Found by proof.',
  CONDITION_NEVER_TRUE: 'A condition is false whenever a reader stands there. Found by proof.',
  CONDITION_ALWAYS_TRUE: 'A condition is true whenever a reader stands there. Found by proof.',
  CHECK_NEVER_SUCCEEDS: 'No roll can make a check succeed. Found by proof.',
  CHECK_NEVER_FAILS: 'No roll can make a check fail. Found by proof.',
  NEVER_COLLECTED: 'No reader can ever collect an artifact or ending. Found by proof.',
  WRITTEN_NEVER_READ: 'A hidden variable is changed, but nothing reads it. Found by proof.',
};

/**
 * Makes a GraphQL enum of codes.
 * @returns the codes, each with itself as value
 */
export function codeEnum<Code extends string>(
  name: string,
  description: string,
  meanings: Meanings<Code>,
): { readonly [Each in Code]: Each } {
  const entries = Object.entries<string>(meanings);
  const codes = Object.fromEntries(entries.map(([code]) => [code, code]));
  registerEnumType(codes, {
    name,
    description,
    valuesMap: Object.fromEntries(
      entries.map(([code, meaning]) => [code, { description: meaning }]),
    ),
  });
  return codes as { readonly [Each in Code]: Each };
}

export const FindingCodes = codeEnum<FindingCode>('FindingCode', 'The kinds of fault.', {
  ...DRAFT_FINDINGS,
  ...PROOF_FINDINGS,
});
