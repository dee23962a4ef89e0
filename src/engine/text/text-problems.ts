import { badUserInput, type FieldProblem } from '../../graphql/errors.js';
import type { StoryDefinition } from '../core/definition.js';
import { LONGEST_EXPRESSION } from '../core/expressions/expression.js';
import { LONGEST } from '../core/limits.js';
import type { RuleProblem } from '../core/rules.js';
import { sitesOf, type Site, type TextField } from '../core/sites.js';
import { compile } from '../core/story.js';

/** How many problems an answer names. */
const MOST_TOLD = 20;

const LONGEST_IN: Readonly<Record<TextField, number>> = {
  title: LONGEST.title,
  content: LONGEST.content,
  text: LONGEST.text,
  consequences: LONGEST.consequences,
  lockedText: LONGEST.lockedText,
  puzzle: LONGEST.answer,
  condition: LONGEST_EXPRESSION,
  check: LONGEST_EXPRESSION,
  effects: LONGEST_EXPRESSION,
};

/** Of rules, the compiler says more than that they are empty. */
const NEVER_EMPTY: readonly TextField[] = ['title', 'text', 'puzzle'];

/**
 * What a change of many texts would break, named by its places. What was broken before is no reason to refuse.
 * @param path the input that brought the change
 */
export function problemsOfChange(
  before: StoryDefinition,
  after: StoryDefinition,
  path: string,
): FieldProblem[] {
  const known = new Set(compile(before).problems.map(whereOf));
  return [
    ...sitesOf(after).flatMap((site) => lengthProblems(site).map((what) => told(path, site, what))),
    ...compile(after)
      .problems.filter((problem) => !known.has(whereOf(problem)))
      .map((problem) => {
        const { line, column, message, field } = problem;
        return told(
          path,
          { ...problem, path: field },
          `line ${line}, column ${column}: ${message}`,
        );
      }),
  ];
}

/** @throws {ApiError} `BAD_USER_INPUT` with the first of the problems, where there are any */
export function refuseWith(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw badUserInput(problems.slice(0, MOST_TOLD));
}

/** A problem of one place of a draft. */
export const told = (
  path: string,
  { node, choice, path: field }: Pick<Site, 'node' | 'choice' | 'path'>,
  what: string,
): FieldProblem => ({
  path,
  message: `${field} of ${choice === undefined ? `node ${node.key}` : `choice ${choice.letter} of node ${node.key}`}: ${what}`,
});

function lengthProblems({ field, text }: Site): string[] {
  const longest = LONGEST_IN[field];
  if (text.length > longest) return [`has more than ${longest} characters`];
  return text.trim() === '' && NEVER_EMPTY.includes(field) ? ['must not be empty'] : [];
}

const whereOf = ({ node, choice, field }: RuleProblem) => `${node.id} ${choice?.id} ${field}`;
