import { achievementProblems } from '../../engine/core/achievements.js';
import type { StorySchema, VariableDefinition } from '../../engine/core/definition.js';
import { fitted } from '../../engine/core/layout.js';
import { isOfType } from '../../engine/core/rules.js';
import type { CompiledStory } from '../../engine/core/story.js';
import type { RuleFindingCode } from '../../engine/core/validate-rules.js';

/** What is wrong with a declaration, and where: `['variables', 0, 'initial']`. */
export interface DeclarationProblem {
  readonly code: Extract<RuleFindingCode, 'FAULTY_DECLARATION' | 'DUPLICATE_DECLARATION'>;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What is wrong with each declaration by itself, and with names that are given twice. */
export function declarationProblems(schema: StorySchema): DeclarationProblem[] {
  const { variables = [], stats = [], items = [], protagonists = [] } = schema;
  const { artifacts = [], endings = [], achievements = [] } = schema;
  const keyed = { stats, items, protagonists, artifacts, endings, achievements };
  return [
    ...repeated(
      ['variables'],
      variables.map(({ name }) => name),
      'name',
    ),
    ...Object.entries(keyed).flatMap(([list, declared]) =>
      repeated(
        [list],
        declared.map(({ key }) => key),
        'key',
      ),
    ),
    ...achievementProblems(schema).map(({ path, message }) => faulty(path, message)),
    ...sharedNames(variables, stats),
    ...variables.flatMap((each, i) => ofValue(['variables', i], each)),
    ...stats.flatMap((each, i) => ofValue(['stats', i], { ...each, type: 'number' })),
  ];
}

/** What protagonists begin with, and where. */
export const protagonistProblems = (story: CompiledStory): DeclarationProblem[] => [
  ...(story.schema.protagonists ?? []).flatMap(({ start }, i) =>
    start === undefined || story.indexOfNode.has(start)
      ? []
      : [faulty(['protagonists', i, 'start'], 'must be a node of this story')],
  ),
  ...story.schemaProblems.map((message) => faulty(['protagonists'], message)),
];

const faulty = (path: DeclarationProblem['path'], message: string): DeclarationProblem => ({
  code: 'FAULTY_DECLARATION',
  path,
  message,
});

const duplicate = (path: DeclarationProblem['path'], message: string): DeclarationProblem => ({
  code: 'DUPLICATE_DECLARATION',
  path,
  message,
});

/** The names that a list has twice. */
export const repeated = (
  list: DeclarationProblem['path'],
  names: readonly string[],
  field: string,
): DeclarationProblem[] =>
  names.flatMap((name, i) =>
    names.indexOf(name) === i ? [] : [duplicate([...list, i, field], `${name} is there twice`)],
  );

/** Effects call variables and stats by their names alone, so that these must differ. */
const sharedNames = (
  variables: NonNullable<StorySchema['variables']>,
  stats: NonNullable<StorySchema['stats']>,
): DeclarationProblem[] =>
  stats.flatMap(({ key }, i) =>
    variables.some(({ name }) => name === key)
      ? [duplicate(['stats', i, 'key'], `a variable is called ${key} already`)]
      : [],
  );

type Bounded = Pick<VariableDefinition, 'type' | 'initial' | 'min' | 'max'>;

function ofValue(path: DeclarationProblem['path'], declared: Bounded): DeclarationProblem[] {
  const { type, initial, min, max } = declared;
  const at = (field: string, message: string) => faulty([...path, field], message);
  const ofBounds = boundProblems(declared).map(([field, message]) => at(field, message));
  const bounds = { min: min ?? -Number.MAX_SAFE_INTEGER, max: max ?? Number.MAX_SAFE_INTEGER };
  const slot = { index: 0, kind: 'variable', name: '', type, initial, ...bounds } as const;
  if (!isOfType(slot, initial))
    return [...ofBounds, at('initial', `must be of type ${type.toUpperCase()}`)];
  const isWithin = ofBounds.length > 0 || fitted(slot, initial) === initial;
  return isWithin ? ofBounds : [at('initial', 'must lie within min and max')];
}

function boundProblems({ type, min, max }: Bounded): [field: string, message: string][] {
  const isNumeric = type === 'int' || type === 'number';
  const given = Object.entries({ min, max }).filter(([, bound]) => bound !== undefined);
  if (!isNumeric) return given.slice(0, 1).map(([field]) => [field, 'only numbers have bounds']);
  const fractions = given.filter(([, bound]) => !Number.isSafeInteger(bound));
  if (type === 'int' && fractions.length > 0) {
    return fractions.map(([field]) => [field, 'must be a whole number, as an INT is one']);
  }
  return min !== undefined && max !== undefined && min > max
    ? [['max', 'must not be below min']]
    : [];
}
