import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  execute,
  GraphQLEnumType,
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLFieldConfig,
} from 'graphql';
import { isCompilable } from './compilable.js';
import { CompiledQueries } from './compiled-queries.js';

/** A value below 10, as text; others cannot be told. */
const Digit = new GraphQLScalarType<number, string>({
  name: 'Digit',
  serialize(value) {
    if (Number(value) > 9) throw new Error('more than a digit');
    return String(value);
  },
  parseValue: (value) => Number(value),
});

const Mood = new GraphQLEnumType({
  name: 'Mood',
  values: { CALM: { value: 'calm' }, WILD: { value: 7 } },
});

const Wish = new GraphQLInputObjectType({
  name: 'Wish',
  fields: () => ({
    text: { type: GraphQLString },
    count: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 3 },
    moods: { type: new GraphQLNonNull(new GraphQLList(Mood)), defaultValue: [] },
  }),
});

const later = <T>(value: T): Promise<T> => Promise.resolve(value);

const fail = (): never => {
  throw new Error('it fails');
};

const echo: GraphQLFieldConfig<unknown, unknown> = {
  type: GraphQLString,
  args: {
    wish: { type: Wish },
    n: { type: GraphQLInt, defaultValue: 7 },
    mood: { type: Mood },
    digits: { type: new GraphQLList(Digit) },
  },
  resolve: (_, args) =>
    inspect(structuredClone(args), { sorted: true, depth: 5, breakLength: Infinity }),
};

const Named: GraphQLInterfaceType = new GraphQLInterfaceType({
  name: 'Named',
  fields: () => ({ name: { type: GraphQLString }, self: { type: Thing } }),
  resolveType: () => 'Thing',
});

// Nothing throws at once where null may not stand: graphql-js leaves promises beside it to nobody then.
const Thing: GraphQLObjectType = new GraphQLObjectType({
  name: 'Thing',
  interfaces: [Named],
  fields: () => ({
    name: { type: GraphQLString, resolve: () => 'thing' },
    plain: { type: GraphQLString },
    mood: { type: Mood, resolve: () => 'calm' },
    wild: { type: new GraphQLNonNull(Mood), resolve: () => later(7) },
    digit: { type: Digit, resolve: () => 4 },
    tooMuch: { type: Digit, resolve: () => 40 },
    tooMuchLater: { type: new GraphQLNonNull(Digit), resolve: () => later(40) },
    failing: { type: GraphQLString, resolve: fail },
    failingLater: { type: GraphQLString, resolve: async () => later(0).then(fail) },
    mustNotFail: {
      type: new GraphQLNonNull(GraphQLString),
      resolve: async () => later(0).then(fail),
    },
    missing: { type: new GraphQLNonNull(GraphQLString), resolve: () => later(null) },
    echo,
    self: { type: Thing, resolve: () => ({ plain: 'plain' }) },
    selfLater: { type: new GraphQLNonNull(Thing), resolve: () => later({ plain: 'made' }) },
    nobody: { type: Thing, resolve: () => null },
    some: {
      type: new GraphQLList(new GraphQLNonNull(Thing)),
      resolve: () => [{ plain: 'a' }, { plain: 'b' }],
    },
    holes: {
      type: new GraphQLList(Thing),
      resolve: () => [null, later({ plain: 'c' }), { plain: 4 }],
    },
    gaps: {
      type: new GraphQLList(new GraphQLNonNull(Thing)),
      resolve: () => later([null, { plain: 3 }]),
    },
    any: { type: Any, resolve: () => later({ plain: 1 }) },
    named: { type: Named, resolve: () => ({ plain: 2 }) },
  }),
});

const Other = new GraphQLObjectType({
  name: 'Other',
  fields: { other: { type: GraphQLString, resolve: () => 'other' } },
});

const Any: GraphQLUnionType = new GraphQLUnionType({
  name: 'Any',
  types: () => [Thing, Other],
  resolveType: () => 'Thing',
});

const Query = new GraphQLObjectType({
  name: 'Query',
  fields: {
    thing: { type: Thing, resolve: () => ({ plain: 'root' }) },
    must: { type: new GraphQLNonNull(Thing), resolve: () => later({ plain: 1 }) },
    stack: { type: GraphQLString, resolve: () => new Error().stack },
    echo,
  },
});

const schema = new GraphQLSchema({ query: Query, types: [Thing, Other] });

const GOOD_LEAVES = ['name', 'plain', 'mood', 'wild', 'digit', '__typename'];
const NULL_LEAVES = ['tooMuch', 'failing', 'failingLater'];
/** What takes its object away with it. */
const BAD_LEAVES = ['tooMuchLater', 'mustNotFail', 'missing'];

const leaf = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...GOOD_LEAVES) },
  { weight: 3, arbitrary: fc.constantFrom(...NULL_LEAVES) },
  { weight: 1, arbitrary: fc.constantFrom(...BAD_LEAVES) },
);
const ARGUMENTS = [
  ...[
    '',
    '(n: $n)',
    '(n: 1)',
    '(mood: $mood)',
    '(mood: WILD)',
    '(digits: $digits)',
    '(digits: [1, 2])',
  ],
  ...['(wish: $wish)', '(wish: {text: "a"})', '(wish: {count: 1, moods: [CALM]})'],
  ...['(n: null)'],
];
const BRANCHES = ['self', 'selfLater', 'nobody', 'some', 'holes', 'gaps'];

/** Selections of `Thing`. */
const { selection } = fc.letrec<{ selection: string; field: string }>((tie) => ({
  field: fc.oneof(
    { maxDepth: 3, depthSize: 'max' },
    fc
      .tuple(fc.constantFrom('', 'a: ', 'b: '), leaf)
      .map(([alias, name]) => `${alias === '' ? '' : `${alias.slice(0, 1)}_${name}: `}${name}`),
    fc
      .tuple(fc.nat(2), fc.constantFrom(...ARGUMENTS))
      .map(([n, args]) => `e${n}_${ARGUMENTS.indexOf(args)}: echo${args}`),
    fc
      .tuple(fc.constantFrom(...BRANCHES), tie('selection'))
      .map(([branch, inner]) => `${branch} ${inner}`),
    tie('selection').map((inner) => `... on Thing ${inner}`),
    fc.constant('...F'),
    tie('selection').map(
      (inner) => `any { __typename ... on Thing ${inner} ... on Other { other } }`,
    ),
    tie('selection').map((inner) => `named { name ... on Thing ${inner} }`),
  ),
  selection: fc
    .array(tie('field'), { minLength: 1, maxLength: 4 })
    .map((fields) => `{ ${fields.join(' ')} }`),
}));

/** A variable with one of some values, left out, or seldom with one that does not fit. */
const optional = (name: string, good: unknown[], bad: unknown = good[0]) =>
  fc
    .oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      { weight: 20, arbitrary: fc.constantFrom(...good) },
      { weight: 1, arbitrary: fc.constant(bad) },
    )
    .map((value) => (value === undefined ? {} : { [name]: value }));

const variables = fc
  .tuple(
    optional('n', [1, null], 'no number'),
    optional('mood', ['CALM', 'WILD', null], 'NONE'),
    optional('digits', [[1, 2], 3, null]),
    optional('wish', [{ text: 'b' }, { count: 5, moods: ['WILD'] }, null], { count: null }),
  )
  .map((all) => Object.assign({}, ...all) as Record<string, unknown>);

const DECLARED = '$n: Int, $mood: Mood, $digits: [Digit], $wish: Wish';

/** The place of the null that an error has led to. */
function nullOf(data: any, path: readonly (string | number)[]): string {
  let value = data;
  let at = 0;
  for (; at < path.length && value !== null; at++) value = value[path[at]!];
  return path.slice(0, at).join('.');
}

/**
 * As it is sent. Errors come in the order in which things happen to be resolved; and where several lead to the same null,
 * it is told by any of them.
 */
function told({ data, errors = [] }: ExecutionResult) {
  const sent = JSON.parse(JSON.stringify(data ?? null));
  const byNull = Map.groupBy(errors, ({ path }) => (path ? nullOf(sent, path) : 'no execution'));
  const nulls = [...byNull].map(([place, all]) => {
    const here = all.filter(({ path }) => path?.join('.') === place || place === 'no execution');
    return [
      place,
      all.length > here.length ? '' : here.map((error) => JSON.stringify(error)).sort(),
    ];
  });
  return { data: sent, nulls: Object.fromEntries(nulls) };
}

describe('a compiled query', () => {
  it('is no more looked at by graphql-js', async () => {
    const stack = async (query: string) => {
      const { data } = await new CompiledQueries(schema).execute({ document: parse(query) });
      return data?.stack;
    };
    expect(await stack('{ stack }')).not.toContain('node_modules/graphql/execution');
    expect(await stack('{ ... on Query @include(if: true) { stack } }')).toContain(
      'node_modules/graphql/execution',
    );
  });

  it('is none where it would be large, whatever its text', async () => {
    const ask = async (times: number) => {
      const document = parse(
        `{ stack ${'thing { ...F } '.repeat(times)} } fragment F on Thing { ${'name '.repeat(50)} }`,
      );
      return (await new CompiledQueries(schema).execute({ document })).data?.stack;
    };
    expect(await ask(9)).not.toContain('node_modules/graphql/execution');
    expect(await ask(10)).toContain('node_modules/graphql/execution');
  });

  it('takes a bounded part of the memory, however many there are', async () => {
    const queries = new CompiledQueries(schema);
    const ask = (n: number) => {
      const document = parse(`{ a${n}: thing { ${'name '.repeat(400)} } }`);
      return queries.execute({ document });
    };
    await ask(0);
    expect(queries.bytes).toBeGreaterThan(1_000_000);
    for (let n = 1; n < 40; n++) await ask(n);
    expect(queries.bytes).toBeGreaterThan(30 * 2 ** 20);
    expect(queries.bytes).toBeLessThan(32 * 2 ** 20);
  });

  it('is kept for each operation of a document', async () => {
    const queries = new CompiledQueries(schema);
    const document = parse('query A { a: echo } query B { b: echo }');
    for (const operationName of ['A', 'B', 'A', 'B']) {
      const { data } = await queries.execute({ document, operationName });
      expect(Object.keys(data!)).toEqual([operationName.toLowerCase()]);
    }
    const { errors } = await queries.execute({ document, operationName: 'C' });
    expect(errors).toMatchObject([{ message: 'Unknown operation named "C".' }]);
  });

  it('tells errors with their extensions, as graphql-js does', async () => {
    const document = parse('{ thing { failing } }');
    const { errors = [] } = await new CompiledQueries(schema).execute({ document });
    expect(errors.map(({ extensions, message, path }) => ({ extensions, message, path }))).toEqual([
      { extensions: {}, message: 'it fails', path: ['thing', 'failing'] },
    ]);
    expect(errors[0]).toBeInstanceOf(GraphQLError);
  });

  it('answers what graphql-js answers, whatever is asked', async () => {
    const queries = new CompiledQueries(schema);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('thing', 'must'),
        selection,
        selection,
        variables,
        async (root, asked, fragment, variableValues) => {
          const document = parse(
            `query (${DECLARED}) { ${root} ${asked} } fragment F on Thing ${fragment.replaceAll('...F', 'name')}`,
          );
          const isValid = validate(schema, document).every(({ message }) =>
            message.includes('never used'),
          );
          fc.pre(isValid);
          expect(isCompilable(document)).toBe(true);
          const expected = told(await execute({ schema, document, variableValues }));
          expect(told(await queries.execute({ document, variableValues }))).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  }, 120_000);

  it.each([
    '{ thing { echo(wish: { text: $text, moods: $moods }) } }',
    '{ thing { echo(digits: [$digit, 2], wish: { count: 1, moods: [$mood] }) } }',
    '{ thing { named { name ... on Thing { ...F @skip(if: $yes) ...F } } } }',
    '{ thing { self @include(if: $yes) { name } self { digit @include(if: $no) } } }',
    '{ thing { ... on Thing @include(if: $no) { name } self { ...F } } }',
  ])('leaves to graphql-js what would be answered otherwise: %s', async (text) => {
    const document = parse(
      `query ($text: String, $moods: [Mood]! = [], $digit: Digit, $mood: Mood, $yes: Boolean! = true, $no: Boolean! = false)
       ${text} fragment F on Thing { digit }`,
    );
    expect(isCompilable(document)).toBe(false);
    const expected = told(await execute({ schema, document }));
    expect(told(await new CompiledQueries(schema).execute({ document }))).toEqual(expected);
  });
});
