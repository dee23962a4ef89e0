import type { FieldProblem } from '../graphql/errors.js';

export const CHECK_OR_PUZZLE: FieldProblem = {
  path: 'input.puzzle',
  message: 'a choice has a check or a puzzle, not both; set the other one to null',
};

export const PUZZLE_WITHOUT_TIME: FieldProblem = {
  path: 'input.afterSeconds',
  message: 'a puzzle cannot make itself; set the time on another choice',
};

export const DECLARED_ENDING_NEEDS_ENDING: FieldProblem = {
  path: 'input.ending',
  message: 'only an ENDING has one; change type too, or leave it out',
};

export const ENDING_KIND_NEEDS_ENDING: FieldProblem = {
  path: 'input.endingKind',
  message: 'only an ENDING has one; change type too, or leave it out',
};
