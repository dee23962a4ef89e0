import { BUILT_IN, NAMESPACES } from './expressions/names.js';

/** The most characters of what authors write. The inputs of the API and the schema of documents share these bounds. */
export const LONGEST = {
  title: 200,
  description: 2000,
  category: 40,
  slug: 80,
  content: 50_000,
  tag: 100,
  chapter: 100,
  text: 500,
  consequences: 2000,
  lockedText: 500,
  answer: 500,
  hint: 500,
  /** Of an item, a stat, a protagonist, an artifact, an ending or an achievement. */
  name: 100,
  about: 1000,
  /** What an image shows, or a recording says. */
  altText: 500,
  filename: 200,
} as const;

/** The most of what authors declare and write in one place. */
export const MOST = {
  storyTags: 10,
  nodeTags: 20,
  choices: 50,
  effects: 50,
  answers: 50,
  attempts: 100,
  hints: 20,
  variables: 200,
  items: 200,
  stats: 50,
  protagonists: 20,
  artifacts: 200,
  endings: 100,
  achievements: 50,
  /** Images and recordings in one document. */
  media: 500,
  carried: 1_000_000,
  seconds: 86_400,
} as const;

/** What names and keys look like, with what to say of those that do not. */
export const SHAPES = {
  slug: {
    pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/,
    message: `must be 1 to ${LONGEST.slug} lower-case letters and digits, in words joined by single hyphens`,
  },
  category: {
    pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/,
    message: 'must be lower-case letters and digits, in words joined by hyphens',
  },
  storyTag: {
    pattern: /^[\p{L}\p{N}][\p{L}\p{N} -]{0,29}$/u,
    message: 'each tag must have 1 to 30 letters, digits, spaces or hyphens',
  },
  language: {
    pattern: /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
    message: 'must be a BCP 47 tag, such as en or pt-BR',
  },
  nodeKey: {
    pattern: /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,31}$/u,
    message: 'must have 1 to 32 letters, digits, _ . or -, and begin with a letter or digit',
  },
  name: {
    pattern: /^[a-zA-Z][a-zA-Z0-9_]{0,39}$/,
    message: 'must have 1 to 40 letters, digits or _, and begin with a letter',
  },
} as const;

/** Words that CEL, Liquid or JavaScript keep for themselves. */
const RESERVED = new Set<string>([
  ...BUILT_IN,
  ...NAMESPACES,
  ...['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function'],
  ...['if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while'],
  ...['nil', 'empty', 'blank', 'and', 'or', 'not', 'contains'],
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/** Whether a name means something already, so that nothing may be declared under it. */
export const isReserved = (name: unknown): boolean => RESERVED.has(name as string);

export const RESERVED_NAME = 'means something already; choose another name';
