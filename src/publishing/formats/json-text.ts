import {
  findNodeAtLocation,
  parseTree,
  printParseErrorCode,
  visit,
  type Node,
  type ParseErrorCode,
} from 'jsonc-parser';

/** JSON that was read, or all that is wrong with its syntax. Offsets count from the start of its text. */
export type JsonText =
  | {
      readonly value: unknown;
      /**
       * Where the value at a path begins; where there is none, what should hold it.
       * @param within how far into the value, where that is a text: offsets count from its first character then
       */
      readonly offsetOf: (path: readonly (string | number)[], within?: number) => number;
    }
  | { readonly faults: readonly JsonFault[] };

export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

/** Deeper than any story needs, and shallow enough for code that calls itself for each level. */
const MAX_DEPTH = 200;

/** Reads strict JSON: neither comments nor trailing commas. Never throws. */
export const readJsonText = (text: string): JsonText => {
  const tooDeep = offsetTooDeep(text);
  if (tooDeep !== undefined) {
    return { faults: [{ offset: tooDeep, message: `nested more than ${MAX_DEPTH} levels deep` }] };
  }
  try {
    // Its objects are plain even with a key `__proto__`, which those of the tree are not.
    return { value: JSON.parse(text), offsetOf: offsetsIn(text) };
  } catch {
    return { faults: faultsOf(text) };
  }
};

const offsetsIn = (text: string) => {
  let tree: Node | undefined;
  return (path: readonly (string | number)[], within?: number): number => {
    tree ??= parseTree(text);
    if (tree === undefined) return 0;
    for (let length = path.length; length > 0; length--) {
      const node = findNodeAtLocation(tree, path.slice(0, length));
      if (node === undefined) continue;
      const isIn = within !== undefined && length === path.length && node.type === 'string';
      return isIn ? offsetInString(text, node.offset, within) : node.offset;
    }
    return tree.offset;
  };
};

/** Where the character at a place in a string is written: escapes are longer than what they stand for. */
const offsetInString = (text: string, quote: number, place: number): number => {
  const character = /\\u[0-9a-fA-F]{4}|\\.|[^\\]/gs;
  character.lastIndex = quote + 1;
  for (let i = 0; i < place; i++) character.exec(text);
  return character.lastIndex;
};

const offsetTooDeep = (text: string): number | undefined => {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at++;
      // A string without an end, which is a fault of its own, must not hide what is below it.
      else if (character === '"' || character === '\n') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth > MAX_DEPTH) return at;
  }
  return undefined;
};

const MESSAGES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word that JSON does not know',
  InvalidNumberFormat: 'a number that is written wrong',
  PropertyNameExpected: 'the name of a property, in double quotes, is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a } is missing',
  CloseBracketExpected: 'a ] is missing',
  EndOfFileExpected: 'something follows the end',
  InvalidCommentToken: 'a comment, which JSON does not have',
  UnexpectedEndOfComment: 'a comment, which JSON does not have',
  UnexpectedEndOfString: 'a text lacks its closing double quote',
  UnexpectedEndOfNumber: 'a number that is written wrong',
  InvalidUnicode: '\\u must be followed by four hexadecimal digits',
  InvalidEscapeCharacter: 'a backslash before a character that takes none',
  InvalidCharacter: 'a character that must be escaped, such as a tab or a line break in a text',
};

/** Enough to mend a file by; one that is no JSON at all has as many as it has words. */
const MOST_FAULTS = 100;

/** Where a comma stands with nothing but white space after it; -1 where none does. */
function commaBefore(text: string, offset: number): number {
  let at = offset - 1;
  while (at >= 0 && /\s/.test(text[at]!)) at--;
  return text[at] === ',' ? at : -1;
}

const faultsOf = (text: string): readonly JsonFault[] => {
  const faults: JsonFault[] = [];
  const onError = (error: ParseErrorCode, offset: number) => {
    if (faults.length === MOST_FAULTS) return;
    const comma = /[\]}]/.test(text[offset] ?? '') ? commaBefore(text, offset) : -1;
    const fault =
      comma < 0
        ? { offset, message: MESSAGES[printParseErrorCode(error)]! }
        : { offset: comma, message: 'a comma too many' };
    // What follows from a fault is told again at the same place.
    if (faults.at(-1)?.offset !== fault.offset) faults.push(fault);
  };
  visit(text, { onError }, { disallowComments: true, allowTrailingComma: false });
  return faults.length > 0 ? faults : [{ offset: 0, message: 'this is no JSON' }];
};
