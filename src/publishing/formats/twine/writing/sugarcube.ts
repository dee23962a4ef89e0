import { isBracketable } from './bracketed-link.js';
import { asEntities, variableCalled, type TargetFormat } from './target-format.js';

const link = (text: string, target: string, sets: string): string => {
  const to = isBracketable(text, target)
    ? `[[${text}->${target}]]`
    : `${JSON.stringify(text)} ${JSON.stringify(target)}`;
  return `<<link ${to}>>${sets}<</link>>`;
};

/** @see https://www.motoslave.net/sugarcube/2/docs/ */
export const sugarcube: TargetFormat = {
  comment: (text) => `/% ${text.replaceAll('%/', '%\\/')} %/`,
  words: (text) =>
    asEntities(
      text,
      /\[\[|<(?=[<!/a-z])|\$(?=[$a-z_])|(?<![\w$])_(?=[$a-z]\w*)|\/[%*]|\{{3}|"{3}/gi,
    ),
  namedLink: (text, target) => link(text, target, ''),
  code: {
    print: (expression) => `<<print ${expression}>>`,
    set: (variable, expression) => `<<set ${variable} to ${expression}>>`,
    if: (condition) => `<<if ${condition}>>`,
    elseIf: (condition) => `<<elseif ${condition}>>`,
    else: '<<else>>',
    end: '<</if>>',
    link,
    init: { name: 'Talegraph start', tags: ['init'] },
    expressions: {
      literal: (value) => JSON.stringify(value),
      slot: (slot, passageOf) => {
        if (slot.kind === 'visits')
          return `visited(${JSON.stringify(passageOf(Number(slot.name)))})`;
        return slot.kind === 'turn' ? '(turns() - 1)' : variableCalled(slot);
      },
      not: (of) => `!${of}`,
      binary: (op, left, right) => {
        if (op === 'contains') return `${left}.includes(${right})`;
        if (op === 'startsWith' || op === 'endsWith') return `${left}.${op}(${right})`;
        if (op === '==' || op === '!=') return `(${left} ${op}= ${right})`;
        return `(${left} ${op} ${right})`;
      },
      within: (of, list) => `[${list.join(', ')}].includes(${of})`,
      either: (test, then, otherwise) => `(${test} ? ${then} : ${otherwise})`,
      whole: (of) => `Math.trunc(${of})`,
      bounded: (of, least, most) => {
        const above = least === undefined ? of : `Math.max(${least}, ${of})`;
        return most === undefined ? above : `Math.min(${most}, ${above})`;
      },
    },
  },
};
