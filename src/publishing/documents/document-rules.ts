import type { Finding } from '../../engine/core/finding.js';
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
import type { Path, PlaceInText } from '../formats/place.js';
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
      if (keys.has(key)) return [error(['nodes', i, 'key'], `${key} is there twice`)];
      keys.add(key);
      return [];
    }),
    ...starts.slice(1).map((i) => error(['nodes', i, 'start'], 'another node is the start')),
  ];
}

function ofNode(
  { schema }: StoryDocument,
  { type, endingKind, ending, choices = [] }: DocumentNode,
  i: number,
): DocumentRuleProblem[] {
  const isEnding = type === 'ending';
  const isDeclared = schema?.endings?.some(({ key }) => key === ending);
  const said = (field: string, message: string) => [error(['nodes', i, field], message)];
  return [
    ...(endingKind && !isEnding ? said('endingKind', ENDING_KIND_NEEDS_ENDING.message) : []),
    ...(ending && !isEnding ? said('ending', DECLARED_ENDING_NEEDS_ENDING.message) : []),
    ...(ending && !isDeclared
      ? said('ending', `there is no ending ${ending}; declare it first`)
      : []),
    ...choices.flatMap(({ check, puzzle, afterSeconds }, place) => {
      const path = ['nodes', i, 'choices', place];
      return [
        ...(check && puzzle ? [error([...path, 'puzzle'], CHECK_OR_PUZZLE.message)] : []),
        ...(puzzle && afterSeconds
          ? [error([...path, 'afterSeconds'], PUZZLE_WITHOUT_TIME.message)]
          : []),
      ];
    }),
  ];
}

function ofDeclarations(
  { schema = {}, nodes }: StoryDocument,
  story: CompiledStory,
): DocumentRuleProblem[] {
  const keys = new Set(nodes.map(({ key }) => key));
  return [
    ...[...declarationProblems(story.schema), ...protagonistProblems(story)].map(
      ({ path, message }) => error(['schema', ...path], message),
    ),
    ...(schema.protagonists ?? []).flatMap(({ start }, i) =>
      start === undefined || keys.has(start)
        ? []
        : [error(['schema', 'protagonists', i, 'start'], `there is no node ${start}`)],
    ),
  ];
}

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
          : [
              warning(
                ['nodes', i, 'choices', place, field],
                `there is no node ${key}; the choice leads nowhere`,
              ),
            ],
      ),
    ),
  );
}

const ofFinding = ({ node, choice, message, fix }: Finding): DocumentRuleProblem => ({
  severity: 'warning',
  path: node === undefined ? [] : pathOf(node, choice),
  message: `${message} ${fix}`,
});

const isError = ({ severity }: DocumentProblem) => severity === 'error';

const error = (path: Path, message: string) => problemAt('error', path, message);
const warning = (path: Path, message: string) => problemAt('warning', path, message);
