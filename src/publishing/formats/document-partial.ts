import type { z } from 'zod';
import type { Path } from './place.js';
import { storySchema, type StoryDocument } from './story-document.js';

type Part = Record<string | number, unknown>;

/** What stands in for a field that must be there, by its path without numbers: nothing refers to it. */
const STAND_INS: Readonly<Record<string, (parent: Part, index: number) => unknown>> = {
  title: () => '?',
  'nodes.key': (_, i) => `unreadable-${i}`,
  'nodes.title': () => '?',
  'nodes.content': () => '',
  'nodes.type': ({ ending, endingKind }) => (ending || endingKind ? 'ending' : 'story'),
  'nodes.choices.text': () => '?',
  'schema.variables.name': unreadable,
  'schema.variables.type': ({ initial }) => TYPES[typeof initial] ?? 'string',
  'schema.variables.initial': ({ type }) => (type === 'string' ? '' : type === 'bool' ? false : 0),
  'schema.items.key': unreadable,
  'schema.items.name': () => '?',
  'schema.stats.key': unreadable,
  'schema.stats.name': () => '?',
  'schema.stats.initial': () => 0,
  'schema.artifacts.key': unreadable,
  'schema.artifacts.name': () => '?',
  'schema.endings.key': unreadable,
  'schema.endings.name': () => '?',
  'schema.achievements.key': unreadable,
  'schema.achievements.name': () => '?',
};

function unreadable(_: Part, index: number): string {
  return `unreadable${index}`;
}

const TYPES: Readonly<Record<string, string>> = { number: 'number', boolean: 'bool' };

/** What is left out whole where anything within it is misshapen, so that the rest keeps its places. */
const WHOLE = ['effects', 'puzzle', 'position', 'tags', 'twine', 'cover', 'image', 'audio'];

/**
 * A story document that is misshapen, as far as it can be read: what is misshapen is left out, or stands for nothing.
 * @returns undefined where too little is left to tell what else is wrong
 */
export function partOf(
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
): StoryDocument | undefined {
  const copy = structuredClone(value);
  for (const issue of issues) {
    const paths =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [...issue.path, key])
        : [issue.path];
    if (!paths.every((path) => leaveOut(copy as Part, path as Path))) return undefined;
  }
  return storySchema.safeParse(copy).data;
}

/** @returns whether the document can do without it */
function leaveOut(document: Part, path: Path): boolean {
  const whole = path.findIndex((key) => WHOLE.includes(String(key)));
  const short = whole === -1 ? path : path.slice(0, whole + 1);
  const field = short.at(-1);
  // Whether nodes go by a medium that there is, its list tells whole or not at all.
  if (typeof field !== 'string' || path[0] === 'media') return false;
  const parent = short.slice(0, -1).reduce<unknown>((part, key) => (part as Part)[key], document);
  if (typeof parent !== 'object' || parent === null) return true;
  const name = short.filter((key) => typeof key === 'string').join('.');
  const index = short.findLast((key) => typeof key === 'number') ?? 0;
  const standIn = Object.hasOwn(STAND_INS, name) ? STAND_INS[name] : undefined;
  if (standIn === undefined) Reflect.deleteProperty(parent, field);
  else (parent as Part)[field] = standIn(parent as Part, index);
  return true;
}
