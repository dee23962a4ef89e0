import { z } from 'zod';
import { didYouMean } from '../../engine/core/expressions/nearest.js';
import { isKeepable } from '../../engine/core/keepable.js';
import { partOf } from './document-partial.js';
import { fileProblem, type Fault, type FileProblem, type Path, type Place } from './place.js';
import { storySchema, type StoryDocument } from './story-document.js';

/** What is wrong with a document, and where in it. */
export interface DocumentProblem extends Fault {
  readonly severity: 'error' | 'warning';
  readonly path: Path;
}

export interface CheckedDocument {
  /** Left out where anything is wrong. */
  readonly document?: StoryDocument;
  /** Where its shape is wrong: as far as it can be read, to tell what else is wrong. */
  readonly part?: StoryDocument;
  readonly problems: readonly DocumentProblem[];
}

/** Makes sure that a value is a story document. @returns it with all that is wrong with it */
export function checkDocument(value: unknown): CheckedDocument {
  const unstorable = unstorableTexts(value);
  const { data, error } = storySchema.safeParse(value, { error: describe });
  const problems = [...unstorable, ...(error?.issues ?? []).flatMap(problemsOf)];
  if (problems.length === 0) return { document: data!, problems };
  const part = unstorable.length === 0 ? partOf(value, error!.issues) : undefined;
  return { ...(part !== undefined && { part }), problems };
}

const problemsOf = (issue: z.core.$ZodIssue): DocumentProblem[] => {
  const path = issue.path as Path;
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) =>
        problemAt('error', [...path, key], {
          code: 'UNKNOWN_FIELD',
          message: notAField(key, issue.message),
          fix: 'Correct its name, or take it out.',
        }),
      )
    : [
        problemAt(
          'error',
          path,
          issue.message === MISSING
            ? { code: 'MISSING_FIELD', message: MISSING, fix: 'Add it.' }
            : { code: 'FAULTY_VALUE', message: issue.message },
        ),
      ];
};

const MISSING = 'is missing';

/** @param known the fields that there are, as `describe` lists them */
const notAField = (key: string, known: string): string => {
  const like = didYouMean(key, known.split(','));
  return `is no field that belongs here${like && `.${like}`}`;
};

/** What a story of a file is called: by its title, or by its number where it has none. */
export const titleOf = (title: unknown, number: number): string =>
  (typeof title === 'string' && title.trim()) || `Story ${number}`;

/** A problem whose message begins with the name of its field. */
export const problemAt = (
  severity: DocumentProblem['severity'],
  path: Path,
  fault: Fault,
): DocumentProblem => ({
  severity,
  path,
  ...fault,
  message: path.length === 0 ? fault.message : `${path.join('.')}: ${fault.message}`,
});

/** @param document what the problem was found in, whatever shape it has */
export function inFile(
  { severity, path, code, message, fix }: DocumentProblem,
  document: unknown,
  place?: Place,
): FileProblem {
  const nodeKey = nodeKeyAt(document, path);
  return fileProblem(
    severity,
    {
      ...{ code, message },
      ...(fix !== undefined && { fix }),
      ...(nodeKey !== undefined && { nodeKey }),
    },
    place,
  );
}

/** The key of the node that a path leads into, where it has one. */
function nodeKeyAt(document: unknown, [list, i]: Path): string | undefined {
  if (list !== 'nodes' || i === undefined) return undefined;
  const { nodes } = document as { nodes?: readonly ({ key?: unknown } | null)[] };
  const key = nodes?.[Number(i)]?.key;
  return typeof key === 'string' ? key : undefined;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function oneOf(values: readonly string[], input: unknown): string {
  const rule = `must be ${values.join(', ')}`.replace(/, ([^,]*)$/, ' or $1');
  const like = typeof input === 'string' ? didYouMean(input, values) : '';
  return `${rule}${like && `.${like}`}`;
}

/** What the parts of the schema say that have no words of their own. */
function describe(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined && issue.code !== 'custom') return MISSING;
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? String(issue.expected)}`;
    case 'invalid_value':
      return oneOf(issue.values.map(String), issue.input);
    case 'unrecognized_keys':
      return Object.keys(issue.inst instanceof z.ZodObject ? issue.inst.shape : {}).join(',');
    case 'too_small':
      return issue.origin === 'array'
        ? `must have ${String(issue.minimum)} or more`
        : `must be ${String(issue.minimum)} or more`;
    case 'too_big':
      return issue.origin === 'array'
        ? `must have at most ${String(issue.maximum)}`
        : `must be ${String(issue.maximum)} or less`;
    default:
      return undefined;
  }
}

const UNSTORABLE: Fault = {
  code: 'FAULTY_VALUE',
  message: 'has a NUL character, or half of a surrogate pair; take it out',
};

/** Texts that no database holds: with the character NUL, or with half of a surrogate pair. */
export function unstorableTexts(value: unknown, path: Path = []): DocumentProblem[] {
  if (typeof value === 'string') {
    return isKeepable(value) ? [] : [problemAt('error', path, UNSTORABLE)];
  }
  if (Array.isArray(value)) {
    return value.flatMap((each, i) => unstorableTexts(each, [...path, i]));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    ...unstorableTexts(key, [...path, key]),
    ...unstorableTexts(each, [...path, key]),
  ]);
}
