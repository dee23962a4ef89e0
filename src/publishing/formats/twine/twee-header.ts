import { readJsonText } from '../json-text.js';
import { sayPlacing, takePlacing } from './coordinates.js';
import type { TwinePassage } from './twine-story.js';

/** A header without its text, and what is wrong with it; offsets count from the start of the line. */
export interface TweeHeader extends Omit<TwinePassage, 'text'> {
  readonly faults: readonly HeaderFault[];
}

interface HeaderFault {
  readonly offset: number;
  readonly message: string;
}

/** A byte order mark stands in front where files were joined. */
const START = /^\uFEFF?::/;

export const isTweeHeader = (line: string): boolean => START.test(line);

/**
 * Reads the line `:: name [tags] {metadata}`. A backslash before a character makes it a plain one, a space in a tag or at
 * an end of a name as well. What is wrong is told, and kept where it can be: what is left out is only metadata that is
 * no JSON object, and what follows the tags without being metadata.
 */
export const readTweeHeader = (line: string): TweeHeader => {
  const nameStart = START.exec(line)![0].length;
  const nameEnd = unescapedEnd(line, nameStart, '[{');
  const name = readName(line.slice(nameStart, nameEnd));
  const faults: HeaderFault[] = [];
  if (name === '') {
    faults.push({ offset: 0, message: 'This passage has no name: write one after the ::' });
  }
  const { tags, end } = readTagBlock(line, nameEnd, faults);
  return { name, tags, ...readMetadata(line, end, faults), faults };
};

const readTagBlock = (
  line: string,
  start: number,
  faults: HeaderFault[],
): { tags: readonly string[]; end: number } => {
  if (line[start] !== '[') return { tags: [], end: start };
  let end = unescapedEnd(line, start + 1, ']');
  const isClosed = end < line.length;
  if (!isClosed) {
    end = unescapedEnd(line, start + 1, '{');
    faults.push({
      offset: start,
      message: 'The tags are not closed: write a ] after the last one',
    });
  }
  return { tags: readTags(line.slice(start + 1, end)), end: isClosed ? end + 1 : end };
};

const readMetadata = (
  line: string,
  start: number,
  faults: HeaderFault[],
): Pick<TwinePassage, 'position' | 'size' | 'metadata'> => {
  const offset = start + /^[ \t]*/.exec(line.slice(start))![0].length;
  if (offset === line.length) return {};
  if (line[offset] !== '{') {
    const message = `What follows the tags is left out: put a \\ before each [ and { that belongs to the name`;
    faults.push({ offset, message });
    return {};
  }
  const json = readJsonText(line.slice(offset));
  if ('faults' in json) {
    faults.push(
      ...json.faults.map((fault) => ({
        offset: offset + fault.offset,
        message: `The metadata is left out, as it is no JSON: ${fault.message}; put a \\ before a { that belongs to the name`,
      })),
    );
    return {};
  }
  const { placing, metadata, faulty } = takePlacing(
    json.value as Readonly<Record<string, unknown>>,
  );
  faults.push(
    ...faulty.map((key) => ({
      offset: offset + json.offsetOf([key]),
      message: `"${key}" must be a text with two numbers, such as "600,400"`,
    })),
  );
  return { ...placing, ...(metadata && { metadata }) };
};

/** @returns the offset of the first of some characters that no backslash precedes, or the end of the line */
const unescapedEnd = (line: string, from: number, characters: string): number => {
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (characters.includes(line[at]!)) return at;
  }
  return line.length;
};

const isSpace = (character: string): boolean => character === ' ' || character === '\t';

const readName = (source: string): string => {
  let name = '';
  let end = 0;
  for (let at = 0; at < source.length; at++) {
    const isEscape = source[at] === '\\' && at + 1 < source.length;
    const character = source[isEscape ? ++at : at]!;
    const isBlank = !isEscape && isSpace(character);
    if (isBlank && name === '') continue;
    name += character;
    if (!isBlank) end = name.length;
  }
  return name.slice(0, end);
};

const readTags = (source: string): readonly string[] => {
  const tags: string[] = [];
  let tag = '';
  for (let at = 0; at < source.length; at++) {
    const isEscape = source[at] === '\\' && at + 1 < source.length;
    const character = source[isEscape ? ++at : at]!;
    if (isEscape || !isSpace(character)) tag += character;
    else if (tag !== '') {
      tags.push(tag);
      tag = '';
    }
  }
  return tag === '' ? tags : [...tags, tag];
};

/** A line break, which no header can hold, becomes a space; a tag without a character is left out. */
export const writeTweeHeader = (passage: TwinePassage): string => {
  const tags = passage.tags.filter((tag) => tag !== '').map((tag) => escapeBlanks(escape(tag)));
  const metadata = sayPlacing(passage);
  return [
    '::',
    writeName(passage.name),
    ...(tags.length > 0 ? [`[${tags.join(' ')}]`] : []),
    ...(Object.keys(metadata).length > 0 ? [JSON.stringify(metadata)] : []),
  ].join(' ');
};

const escapeBlanks = (text: string): string => text.replace(/[ \t]/g, '\\$&');

const escape = (text: string): string =>
  text.replace(/[\r\n]+/g, ' ').replace(/[[\]{}\\]/g, '\\$&');

/** Blanks at its ends would not count as part of the name. */
const writeName = (name: string): string => {
  const escaped = escape(name);
  let start = 0;
  while (start < escaped.length && isSpace(escaped[start]!)) start++;
  let end = escaped.length;
  while (end > start && isSpace(escaped[end - 1]!)) end--;
  return [
    escapeBlanks(escaped.slice(0, start)),
    escaped.slice(start, end),
    escapeBlanks(escaped.slice(end)),
  ].join('');
};
