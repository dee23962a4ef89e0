import { markedComment } from './marked-comment.js';
import type { RulesWriter } from './rules-writer.js';
import type { TargetFormat } from './target-format.js';

/** A text as a story format has it. */
export interface WritingText {
  readonly format: TargetFormat;
  /** Left out where the format takes no rules. */
  readonly rules?: RulesWriter;
  /** Where the words are not Markdown, its escapes are taken away. */
  readonly isMarkdown: boolean;
  /** The passage as it was imported: code that stands in it was hidden from readers, and is code again. */
  readonly source?: string;
}

/** One piece of a text with Liquid: code hidden in a comment, raw words, a tag, an output, or words. */
const PIECES =
  /\{%-?\s*comment\s*-?%\}(?<hidden>[^]*?)\{%-?\s*endcomment\s*-?%\}|\{%-?\s*raw\s*-?%\}(?<raw>[^]*?)\{%-?\s*endraw\s*-?%\}|\{%-?(?<tag>[^]*?)-?%\}|\{\{-?(?<output>[^]*?)-?\}\}/g;

/**
 * Writes a text of a story: words, `{{ }}` and `{% if %}` in the code of the story format. What it cannot say stands in
 * the same place as a marked comment.
 */
export function writeText(text: string, to: WritingText): string {
  const written: string[] = [];
  // Of each block that is open: whether its beginning could be said, and so its branches and its end can.
  const blocks: boolean[] = [];
  let quote: string | undefined;
  let end = 0;
  for (const { index, 0: whole, groups = {} } of text.matchAll(PIECES)) {
    const code = piece(whole, groups, blocks, to);
    const isClosing = quote !== undefined && code.startsWith(quote);
    written.push(quoted(words(text.slice(end, index), to), quote));
    written.push(isClosing ? code : quoted(code, quote));
    if (isClosing) quote = undefined;
    else quote ??= OPEN_QUOTE.exec(code)?.[1];
    end = index + whole.length;
  }
  written.push(quoted(words(text.slice(end), to), quote));
  return written.join('');
}

/** Ends the code before words that a macro has in quotes. */
const OPEN_QUOTE = /^<<[^]*(["'])$/;

/** What stands within the quotes of a macro, if it does. */
const quoted = (text: string, quote: string | undefined): string =>
  quote === undefined
    ? text
    : text
        .replaceAll(/[\\"']/g, (sign) => (sign === '\\' || sign === quote ? `\\${sign}` : sign))
        .replaceAll(/ *\n/g, '\\n');

function piece(
  whole: string,
  { hidden, raw, tag, output }: Readonly<Record<string, string | undefined>>,
  blocks: boolean[],
  to: WritingText,
): string {
  if (hidden !== undefined) return hiddenCode(hidden, whole, to);
  if (raw !== undefined) return to.format.words(raw);
  const code = tag === undefined ? outputCode(output!.trim(), to) : tagCode(tag.trim(), blocks, to);
  return code ?? markedComment(whole, to.format);
}

/** Markdown escapes any punctuation by a backslash. */
const words = (text: string, { format, isMarkdown }: WritingText): string =>
  format.words(isMarkdown ? text : text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1'));

function hiddenCode(hidden: string, whole: string, { source, format }: WritingText): string {
  const code = /^\{% raw %\}([^]*)\{% endraw %\}$/.exec(hidden)?.[1] ?? hidden;
  return source?.includes(code) ? code : markedComment(whole, format);
}

function outputCode(output: string, { format: { code }, rules }: WritingText): string | undefined {
  const name = nameIn(output, rules);
  return name && code?.print(name);
}

function tagCode(tag: string, blocks: boolean[], to: WritingText): string | undefined {
  const { code } = to.format;
  const [, kind, rest = ''] = /^(\w+)\s*([^]*)$/.exec(tag) ?? [];
  if (kind === 'if' || kind === 'unless' || kind === 'case') {
    const condition = kind === 'if' ? liquidCondition(rest, to.rules) : undefined;
    blocks.push(condition !== undefined);
    return condition && code?.if(condition);
  }
  const isSaid = blocks.at(-1) === true && code !== undefined;
  if (kind?.startsWith('end') === true) blocks.pop();
  if (!isSaid) return undefined;
  if (kind === 'else') return code.else;
  if (kind === 'endif') return code.end;
  return kind === 'elsif' ? elseIfCode(rest, `{% ${tag} %}`, to) : undefined;
}

/** A branch whose condition cannot be said is never taken: else it would be told with the branch before it. */
function elseIfCode(condition: string, tag: string, { format, rules }: WritingText): string {
  const code = format.code!;
  const written = liquidCondition(condition, rules);
  if (written !== undefined) return code.elseIf(written);
  return `${code.elseIf(code.expressions.literal(false))}${markedComment(tag, format)}`;
}

const NAME = /^[a-z]\w*(\.[\w-]+)?$/i;

const nameIn = (text: string, rules: RulesWriter | undefined): string | undefined =>
  NAME.test(text) ? rules?.name(celName(text)) : undefined;

/** Keys that are no names in CEL go into brackets. */
const celName = (text: string) => {
  const [space, key] = text.split('.');
  return key === undefined ? text : `${space!}[${JSON.stringify(key)}]`;
};

/** A condition of Liquid that CEL has too: comparisons of names and literals, all joined by `and`, or all by `or`. */
function liquidCondition(text: string, rules: RulesWriter | undefined): string | undefined {
  const isOr = text.includes(' or ');
  if (rules === undefined || (isOr && text.includes(' and '))) return undefined;
  const parts = text.split(isOr ? ' or ' : ' and ').map((part) => comparison(part, rules));
  return parts.reduce((all, part) => all && part && rules.joined(isOr ? '||' : '&&', all, part));
}

function comparison(text: string, rules: RulesWriter): string | undefined {
  const [, left, op, right] =
    /^\s*(\S+|"[^"]*"|'[^']*')(?:\s*(==|!=|<=|>=|<|>)\s*(\S+|"[^"]*"|'[^']*'))?\s*$/.exec(text) ??
    [];
  const [one, other] = [left, right].map((term) => term && celTerm(term));
  if (!one || (op !== undefined && !other)) return undefined;
  return op === undefined ? rules.truth(one) : rules.condition(`${one} ${op} ${other!}`);
}

function celTerm(term: string): string | undefined {
  if (/^(true|false|-?\d+(\.\d+)?)$/.test(term)) return term;
  if (/^"[^"\\]*"$|^'[^'\\]*'$/.test(term)) return JSON.stringify(term.slice(1, -1));
  return NAME.test(term) ? celName(term) : undefined;
}
