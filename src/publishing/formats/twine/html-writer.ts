import { codeOf, isPlainCode, type Code } from './code-passages.js';
import { sayPlacing } from './coordinates.js';
import { DEFAULT_START, sourcesOf } from './special-passages.js';
import { sayDetails } from './story-details.js';
import type { TwinePassage, TwineStory } from './twine-story.js';

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Writes story data as Twine 2 does, without a story format around it; Twine opens it, and what builds stories from it
 * does too. Passages come in their order. Those with the tag `script` or `stylesheet` are such elements, with attributes
 * for what they say beside their text.
 */
export const writeTwineHtml = (story: TwineStory): string => {
  const { title, data } = sourcesOf(story);
  const passages = story.passages.filter((passage) => passage !== title && passage !== data);
  const pids = new Map(
    passages.filter((one) => !codeOf(one)).map((one, index) => [one, index + 1]),
  );
  const firsts = CODES.map((code) => passages.find((passage) => codeOf(passage) === code));
  return [
    `<tw-storydata${attributes(storyAttributes(story, startPid(story, pids)))} hidden>`,
    // Twine writes both even if there is nothing in them.
    ...CODES.filter((_, index) => !firsts[index]).map((code) => writeCode(code, true, {}, '')),
    ...Object.entries(story.tagColors ?? {}).map(
      ([name, color]) => `<tw-tag${attributes({ name: asWord(name), color })}></tw-tag>`,
    ),
    ...passages.map((passage) => {
      const code = codeOf(passage);
      return code
        ? codeElement(passage, code, firsts.includes(passage))
        : passageElement(passage, pids.get(passage)!);
    }),
    '</tw-storydata>',
  ].join('');
};

/** Where a start is no element that has a pid, the default holds, as it does for whoever reads the page. */
const startPid = (
  { start }: TwineStory,
  pids: ReadonlyMap<TwinePassage, number>,
): number | undefined => {
  const pidOf = (wanted: string | undefined) =>
    [...pids].find(([{ name }]) => name === wanted)?.[1];
  return pidOf(start) ?? pidOf(DEFAULT_START);
};

/** Writes several stories one after the other, as Twine does with its library. */
export const writeTwineArchive = (stories: readonly TwineStory[]): string =>
  stories.map((story) => `${writeTwineHtml(story)}\n\n`).join('');

const CODES = ['stylesheet', 'script'] as const;

const storyAttributes = (story: TwineStory, startPid: number | undefined): Attributes => {
  const { start: _, 'tag-colors': __, ...said } = sayDetails(story);
  const startnode = startPid ?? said.startnode ?? '';
  return { name: story.name, startnode, ...without(said, ['name', 'startnode', 'hidden']) };
};

const passageElement = (passage: TwinePassage, pid: number): string =>
  `<tw-passagedata${attributes({
    pid,
    name: passage.name,
    tags: tagList(passage),
    ...without(sayPlacing(passage), ['pid', 'name', 'tags']),
  })}>${escape(passage.text)}</tw-passagedata>`;

const CODE_ELEMENTS = {
  script: { element: 'script', id: 'twine-user-script', type: 'text/twine-javascript' },
  stylesheet: { element: 'style', id: 'twine-user-stylesheet', type: 'text/twine-css' },
} as const;

const codeElement = (passage: TwinePassage, code: Code, isFirst: boolean): string => {
  const isPlain = isPlainCode(passage, code);
  const said = {
    name: passage.name,
    tags: tagList(passage),
    ...without(sayPlacing(passage), ['role', 'id', 'type', 'name', 'tags']),
  };
  return writeCode(code, isFirst, isPlain ? {} : said, passage.text);
};

const writeCode = (code: Code, isFirst: boolean, said: Attributes, text: string): string => {
  const { element, id, type } = CODE_ELEMENTS[code];
  const standard = { role: code, ...(isFirst && { id }), type };
  return `<${element}${attributes({ ...standard, ...said })}>${escapeCode(text)}</${element}>`;
};

const without = (said: Attributes, keys: readonly string[]): Attributes =>
  Object.fromEntries(Object.entries(said).filter(([key]) => !keys.includes(key)));

/** HTML separates tags by white space. */
const asWord = (tag: string): string => tag.replace(/\s+/g, '-');

const tagList = ({ tags }: TwinePassage): string =>
  tags
    .filter((tag) => tag !== '')
    .map(asWord)
    .join(' ');

/** HTML knows no capitals in the names of attributes, and the standard forbids other characters in them. */
const ATTRIBUTE = /^[a-z_][a-z0-9_.:-]*$/;

const attributes = (said: Attributes): string =>
  Object.entries(said)
    .filter(([key]) => ATTRIBUTE.test(key))
    .map(([key, value]) => ` ${key}="${escape(asText(value))}"`)
    .join('');

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\r': '&#13;',
  '\0': '\uFFFD',
};

const escape = (text: string): string =>
  text.replace(/[&<>"'\r\0]/g, (found) => REFERENCES[found]!);

/** No reference counts in code: what would end its element, or open a comment in it, gets a backslash, as in strings. */
const escapeCode = (text: string): string => text.replace(/<(?=\/(?:script|style)|!--)/gi, '<\\');
