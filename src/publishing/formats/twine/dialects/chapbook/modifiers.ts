import { append } from '../../../append.js';
import { not, type Expr } from '../common/expression.js';
import type { Item } from '../common/tree.js';
import { expression } from './expressions.js';

/** A part of a passage, up to the next modifier. */
export interface Block {
  readonly offset: number;
  /** The line with the modifier; empty for what comes before the first one. */
  readonly modifier: string;
  readonly text: string;
  readonly textAt: number;
}

const MODIFIER = /^\[(?!\[)([^\n]{1,500}[^\]\n])\][ \t]*$/gm;

/** Takes the text of a passage apart at its modifiers. */
export function blocksOf(text: string, base: number): Block[] {
  const blocks: Block[] = [];
  let last = { offset: base, modifier: '', textAt: 0 };
  const finish = (end: number) => {
    const { offset, modifier, textAt } = last;
    blocks.push({ offset, modifier, text: text.slice(textAt, end), textAt: base + textAt });
  };
  for (const found of text.matchAll(MODIFIER)) {
    if (found[1]!.includes('[')) continue;
    finish(found.index);
    const textAt = found.index + found[0].length;
    last = { offset: base + found.index, modifier: found[0].trim(), textAt };
  }
  finish(text.length);
  return blocks;
}

type Read = (block: Block) => readonly Item[];

/** The items of a passage, block by block: what a modifier says holds up to the next one. */
export function modifiedItems(blocks: readonly Block[], read: Read): Item[] {
  const items: Item[] = [];
  let condition: Expr | undefined;
  for (const block of blocks) {
    const parts = block.modifier
      .slice(1, -1)
      .split(';')
      .map((part) => part.trim());
    const said = conditionOf(parts, condition);
    condition = said.condition ?? condition;
    append(items, blockItems(block, parts, said.test, read));
  }
  return items;
}

interface Said {
  /** Under which condition the block is shown. */
  readonly test: Expr | undefined;
  /** What an `[else]` after it is the opposite of. */
  readonly condition: Expr | undefined;
}

function conditionOf(parts: readonly string[], before: Expr | undefined): Said {
  for (const part of parts) {
    const [, word, code] = /^(if|unless|ifalways|ifnever|else)\b\s*(.*)$/i.exec(part) ?? [];
    if (word === undefined) continue;
    const test = testOf(word.toLowerCase(), code!, before);
    return { test, condition: test };
  }
  return { test: undefined, condition: undefined };
}

function testOf(word: string, code: string, before: Expr | undefined): Expr | undefined {
  if (word === 'else') return before === undefined ? undefined : not(before);
  if (word === 'ifalways' || word === 'ifnever')
    return { op: 'literal', value: word === 'ifalways' };
  return word === 'if' ? expression(code) : not(expression(code));
}

const PLAIN = /^(cont|cont'd|cont’d|continued?|append)$/i;
const LOOK = /^align\b/i;
const NOTE = /^(note|n\.b\.|nb|fixme|todo|note to myself)$/i;
const CONDITION = /^(if|unless|ifalways|ifnever|else)\b/i;

function blockItems(
  block: Block,
  parts: readonly string[],
  test: Expr | undefined,
  read: Read,
): Item[] {
  const { offset, modifier } = block;
  if (modifier === '') return [...read(block)];
  const construct = { name: `[${parts[0]!.split(/\s/)[0]!}]`, offset, source: modifier };
  if (parts.some((part) => NOTE.test(part) || /^(javascript|css)$/i.test(part))) {
    return [hidden(block, construct)];
  }
  const unknown = parts.find((part) => ![PLAIN, LOOK, CONDITION].some((each) => each.test(part)));
  if (unknown !== undefined) {
    const why = 'This modifier is not translated.';
    return [{ kind: 'group', ...construct, body: read(block), end: '', why }];
  }
  if (test !== undefined) {
    const branch = { offset, source: modifier, test, body: read(block) };
    return [{ kind: 'if', ...construct, branches: [branch], end: '' }];
  }
  const isLook = parts.some((part) => LOOK.test(part));
  const why = 'Its formatting has no like here; what it holds stays.';
  const outcome = isLook
    ? ({ outcome: 'dropped', why } as const)
    : ({ outcome: 'mapped' } as const);
  return [{ kind: 'note', ...construct, ...outcome }, ...read(block)];
}

function hidden(
  { modifier, text }: Block,
  construct: { name: string; offset: number; source: string },
): Item {
  const isNote = NOTE.test(modifier.slice(1, -1).trim());
  const source = `${modifier}${text.trimEnd()}`;
  if (isNote)
    return {
      kind: 'note',
      ...construct,
      source,
      outcome: 'dropped',
      why: 'A note of the author’s.',
    };
  return { kind: 'code', ...construct, source, why: 'It is a script or a style sheet.' };
}
