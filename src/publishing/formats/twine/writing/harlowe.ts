import type { BinaryOp } from '../../../../engine/core/expressions/expression.js';
import { asEntities, variableCalled, type TargetFormat } from './target-format.js';

const WORDS: Partial<Record<BinaryOp, string>> = {
  '&&': 'and',
  '||': 'or',
  '==': 'is',
  '!=': 'is not',
  contains: 'contains',
  startsWith: undefined,
  endsWith: undefined,
};

/** @see https://twine2.neocities.org/ */
export const harlowe: TargetFormat = {
  comment: (text) => `<!-- ${text} -->`,
  words: (text) =>
    asEntities(text, /[[\]]|<(?=[!/a-z])|[$_](?=[a-z])|\((?=\s*[\p{L}_][\p{L}\p{N}_-]*\s*:)/giu),
  namedLink: (text, target) => `(link-goto: ${JSON.stringify(text)}, ${JSON.stringify(target)})`,
  code: {
    print: (expression) => `(print: ${expression})`,
    set: (variable, expression) => `(set: ${variable} to ${expression})`,
    if: (condition) => `(if: ${condition})[`,
    elseIf: (condition) => `](else-if: ${condition})[`,
    else: '](else:)[',
    end: ']',
    link: (text, target, sets) =>
      `(link-reveal-goto: ${JSON.stringify(text)}, ${JSON.stringify(target)})[${sets}]`,
    init: { name: 'Talegraph start', tags: ['startup'] },
    expressions: {
      literal: (value) => JSON.stringify(value),
      slot: (slot) => variableCalled(slot),
      not: (of) => `(not ${of})`,
      binary: (op, left, right) => {
        const word = Object.hasOwn(WORDS, op) ? WORDS[op] : op;
        return word === undefined ? undefined : `(${left} ${word} ${right})`;
      },
      within: (of, list) => `((a: ${list.join(', ')}) contains ${of})`,
      either: () => undefined,
      whole: (of) => `(trunc: ${of})`,
      bounded: (of, least, most) => {
        const above = least === undefined ? of : `(max: ${least}, ${of})`;
        return most === undefined ? above : `(min: ${most}, ${above})`;
      },
    },
  },
};
