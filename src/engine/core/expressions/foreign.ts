/** A piece of a text in another notation. */
export interface Foreign {
  readonly start: number;
  readonly end: number;
  /** What to write instead, in an author's words. */
  readonly message: string;
  /** The same as it would be written. */
  readonly instead: string;
}

/** A text with what is foreign put right, and the way back from its positions. */
export interface Mended {
  readonly text: string;
  /** The position in the text as it was. */
  readonly origin: (position: number) => number;
}

/** What both notations have for how others compare. */
const COMPARED: Readonly<Record<string, string>> = {
  is: '==',
  eq: '==',
  '=': '==',
  '===': '==',
  'is not': '!=',
  isnt: '!=',
  neq: '!=',
  '!==': '!=',
  '<>': '!=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
};

/** What conditions have for what authors know from Twine, from texts or from elsewhere. */
const IN_CONDITIONS: Readonly<Record<string, string>> = {
  ...COMPARED,
  and: '&&',
  or: '||',
  not: '!',
  '=>': '>=',
  '=<': '<=',
  '&': '&&',
  '|': '||',
};

/** What texts have for what authors know from conditions or from Twine. */
const IN_TEXTS: Readonly<Record<string, string>> = {
  ...COMPARED,
  '&&': 'and',
  '||': 'or',
  '!': 'not',
};

const WORD = /\b(?:and|or|not|is\s+not|isnt|neq|is|eq|gte?|lte?)\b|[=!<>&|]+|\$(?=[a-z_])|[“”‘’]/gi;
const QUOTED = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

/** What of a condition is in another notation. */
export const foreignInCondition = (source: string): Foreign[] =>
  foreignIn(source, IN_CONDITIONS, '');

/** What of the inside of a text's tag or output is in another notation. */
export const foreignInText = (source: string): Foreign[] =>
  foreignIn(source, IN_TEXTS, 'In texts: ');

/** What to write instead of a word of another notation, in an author's words; undefined for all other words. */
export const insteadOf = (word: string): string | undefined => foreignInCondition(word)[0]?.message;

function foreignIn(
  source: string,
  known: Readonly<Record<string, string>>,
  where: string,
): Foreign[] {
  const bare = source.replaceAll(QUOTED, (quoted) => ' '.repeat(quoted.length));
  return [...bare.matchAll(WORD)].flatMap(({ 0: found, index: start }): Foreign[] => {
    const end = start + found.length;
    if (found === '$') return [{ start, end, instead: '', message: 'Names have no $.' }];
    if (/[“”‘’]/.test(found))
      return [{ start, end, instead: '"', message: 'Write straight quotation marks: ".' }];
    const instead = known[found.toLowerCase().replaceAll(/\s+/g, ' ')];
    if (instead === undefined) return [];
    const message =
      found === '='
        ? `${where}Write == to compare.`
        : `${where}Write ${instead} instead of ${found}.`;
    return [{ start, end, instead: ` ${instead} `, message }];
  });
}

/** Puts right what is foreign. @param all in order */
export function mended(source: string, all: readonly Foreign[]): Mended {
  const text: string[] = [];
  const starts: number[] = [];
  const take = (piece: string, at: (i: number) => number) => {
    for (let i = 0; i < piece.length; i++) {
      text.push(piece[i]!);
      starts.push(at(i));
    }
  };
  let last = 0;
  for (const { start, end, instead } of [...all, { start: source.length, end: 0, instead: '' }]) {
    const from = last;
    take(source.slice(from, start), (i) => from + i);
    take(instead, () => start);
    last = end;
  }
  return { text: text.join(''), origin: (position) => starts[position] ?? source.length };
}
