import type { Item } from '../common/tree.js';
import { expression } from './expressions.js';

const END = /^--[ \t]*$/m;

/** What a passage sets before its text: `name: value` or `name (condition): value` on each line, up to `--`. */
export function readVars(text: string): { items: Item[]; end: number } {
  const end = END.exec(text);
  if (end === null) return { items: [], end: 0 };
  const items: Item[] = [];
  let offset = 0;
  for (const line of text.slice(0, end.index).split('\n')) {
    const item = line.trim() === '' ? undefined : lineItem(line, offset);
    if (item !== undefined) items.push(item);
    offset += line.length + 1;
  }
  return { items, end: end.index + end[0].length };
}

const LINE = /^\s*([\w$.]+)(?:[ \t]*\((.*)\))?[ \t]*:(.*)$/;

function lineItem(source: string, offset: number): Item {
  const construct = { name: 'vars', offset, source };
  const found = LINE.exec(source);
  if (found === null) return { kind: 'code', ...construct, why: 'It sets no variable.' };
  const [, name, condition, value] = found as unknown as [string, string, string?, string?];
  if (name.startsWith('config.')) {
    return {
      kind: 'note',
      ...construct,
      outcome: 'dropped',
      why: 'It is a setting of the format.',
    };
  }
  if (name.includes('.')) {
    return { kind: 'code', ...construct, why: 'Parts of values are not translated.' };
  }
  const changes = [{ name, value: expression((value ?? '').trim()) }];
  const set: Item = { kind: 'set', ...construct, changes };
  if (condition === undefined) return set;
  const branch = { offset, source, test: expression(condition), body: [set] };
  return { kind: 'if', ...construct, name: 'vars ( )', branches: [branch], end: '' };
}
