import type { DraftFinding } from '../../engine/core/finding.js';
import type { RuleProblem } from '../../engine/core/rules.js';
import { compile, type CompiledStory } from '../../engine/core/story.js';
import { validate } from '../../engine/core/validate.js';
import {
  declarationProblems,
  protagonistProblems,
} from '../../nodes/declarations/declaration.check.js';
import {
  CHECK_OR_PUZZLE,
  DECLARED_ENDING_NEEDS_ENDING,
  ENDING_KIND_NEEDS_ENDING,
  PUZZLE_WITHOUT_TIME,
} from '../../nodes/node.rules.js';
import { problemAt, type DocumentProblem } from '../formats/document-check.js';
import type { Fault, Path, PlaceInText } from '../formats/place.js';
import type { DocumentNode, StoryDocument } from '../formats/story-document.js';
import { toDraftContent } from './document-mapper.js';
import { mediaProblems } from './media-rules.js';

/** What is wrong with a document that fits the schema. */
export interface DocumentRuleProblem extends DocumentProblem {
  /** Where in the text at `path`, for expressions and templates. */
  readonly within?: PlaceInText;
}

/**
 * All that the API would refuse of a document, as errors. Where there are none, what keeps it from being published, or
 * is odd, as warnings: drafts may be unfinished.
 */
export function ruleProblems(document: StoryDocument): DocumentRuleProblem[] {
  const story = compile(toDraftContent(document));
  const found = refusals(document, story);
  return found.some(isError) ? found : [...found, ...validate(story).map(ofFinding)];
}

/** The same of a part of a document, as far as it does not follow from what is left out. */
export const problemsOfPart = (part: StoryDocument): DocumentRuleProblem[] =>
  refusals(part, compile(toDraftContent(part)));

function refusals(document: StoryDocument, story: CompiledStory): DocumentRuleProblem[] {
  const ofMedia = mediaProblems(document);
  const lost = [...lostTargets(document), ...ofMedia.filter((each) => !isError(each))];
  const errors = [
    ...ofMedia.filter(isError),
    ...repeatedNodes(document),
    ...document.nodes.flatMap((node, i) => ofNode(document, node, i)),
    ...ofDeclarations(document, story),
    ...story.problems.map((problem) => ofRule(document, problem)),
  ];
  return [...errors, ...lost];
}

function repeatedNodes({ nodes }: StoryDocument): DocumentRuleProblem[] {
  const keys = new Set<string>();
  const starts = nodes.flatMap(({ start }, i) => (start === true ? [i] : []));
  return [
    ...nodes.flatMap(({ key }, i) => {
      if (keys.has(key)) return [error(['nodes', i, 'key'], repeatedKey(key))];
      keys.add(key);
      return [];
    }),
    ...starts.slice(1).map((i) => error(['nodes', i, 'start'], SECOND_START)),
  ];
}

const repeatedKey = (key: string): Fault => ({
  code: 'DUPLICATE_KEY',
  message: `${key} is there twice`,
  fix: 'Give each node a key of its own.',
});

const SECOND_START: Fault = {
  code: 'SEVERAL_STARTS',
  message: 'another node is the start',
  fix: 'Keep the mark on one of them.',
};

function ofNode(
  { schema }: StoryDocument,
  { type, endingKind, ending, choices = [] }: DocumentNode,
  i: number,
): DocumentRuleProblem[] {
  const isEnding = type === 'ending';
  const isDeclared = schema?.endings?.some(({ key }) => key === ending);
  const said = (field: string, code: Fault['code'], message: string) => [
    error(['nodes', i, field], { code, message }),
  ];
  return [
    ...(endingKind && !isEnding
      ? said('endingKind', 'FAULTY_VALUE', ENDING_KIND_NEEDS_ENDING.message)
      : []),
    ...(ending && !isEnding
      ? said('ending', 'FAULTY_VALUE', DECLARED_ENDING_NEEDS_ENDING.message)
      : []),
    ...(ending && !isDeclared
      ? said('ending', 'UNKNOWN_ENDING', `there is no ending ${ending}; declare it first`)
      : []),
    ...choices.flatMap(({ check, puzzle, afterSeconds }, place) => {
      const path = ['nodes', i, 'choices', place];
      return [
        ...(check && puzzle
          ? [error([...path, 'puzzle'], ofChoice('CHECK_AND_PUZZLE', CHECK_OR_PUZZLE))]
          : []),
        ...(puzzle && afterSeconds
          ? [error([...path, 'afterSeconds'], ofChoice('TIMED_PUZZLE', PUZZLE_WITHOUT_TIME))]
          : []),
      ];
    }),
  ];
}

const ofChoice = (code: Fault['code'], { message }: { readonly message: string }): Fault => ({
  code,
  message,
});

function ofDeclarations(
  { schema = {}, nodes }: StoryDocument,
  story: CompiledStory,
): DocumentRuleProblem[] {
  const keys = new Set(nodes.map(({ key }) => key));
  return [
    ...[...declarationProblems(story.schema), ...protagonistProblems(story)].map(
      ({ path, ...fault }) => error(['schema', ...path], fault),
    ),
    ...(schema.protagonists ?? []).flatMap(({ start }, i) =>
      start === undefined || keys.has(start)
        ? []
        : [error(['schema', 'protagonists', i, 'start'], noStart(start))],
    ),
  ];
}

const noStart = (key: string): Fault => ({
  code: 'FAULTY_DECLARATION',
  message: `there is no node ${key}`,
  fix: 'Write the key of a node of this story, or leave it out.',
});

function ofRule(document: StoryDocument, problem: RuleProblem): DocumentRuleProblem {
  const { node, choice, field, message, line, column } = problem;
  const path = [...pathOf(node, choice), ...field.split('.').map(asIndex)];
  const text = path.reduce<unknown>(
    (part, key) => (part as Record<string | number, unknown> | undefined)?.[key],
    document,
  );
  const where = choice === undefined ? '' : `choice ${choice.letter}, `;
  return {
    severity: 'error',
    code: 'FAULTY_RULE',
    path,
    message: `Node ${node.key}, ${where}${field}, line ${line}, column ${column}: ${message}`,
    ...(typeof text === 'string' && { within: { text, place: { line, column } } }),
  };
}

const asIndex = (key: string): string | number => (/^\d+$/.test(key) ? Number(key) : key);

/** Ids of nodes that are numbered stand for their places, letters of choices follow from theirs. */
const pathOf = (
  node: { readonly id: number; readonly choices: readonly { readonly id: number }[] },
  choice: { readonly id: number } | undefined,
): Path => [
  ...['nodes', node.id - 1],
  ...(choice === undefined
    ? []
    : ['choices', node.choices.findIndex(({ id }) => id === choice.id)]),
];

/** Choices to nodes that the document does not have lead nowhere. */
function lostTargets({ nodes }: StoryDocument): DocumentRuleProblem[] {
  const keys = new Set(nodes.map(({ key }) => key));
  return nodes.flatMap(({ choices = [] }, i) =>
    choices.flatMap(({ to, failTo }, place) =>
      Object.entries({ to, failTo }).flatMap(([field, key]) =>
        key === undefined || keys.has(key)
          ? []
          : [warning(['nodes', i, 'choices', place, field], lostTarget(key))],
      ),
    ),
  );
}

const lostTarget = (key: string): Fault => ({
  code: 'MISSING_TARGET',
  message: `there is no node ${key}; the choice leads nowhere`,
  fix: 'Write the key of a node of this story.',
});

const ofFinding = ({ code, node, choice, message, fix }: DraftFinding): DocumentRuleProblem => ({
  severity: 'warning',
  path: node === undefined ? [] : pathOf(node, choice),
  ...{ code, message, fix },
});

const isError = ({ severity }: DocumentProblem) => severity === 'error';

const error = (path: Path, fault: Fault) => problemAt('error', path, fault);
const warning = (path: Path, fault: Fault) => problemAt('warning', path, fault);
