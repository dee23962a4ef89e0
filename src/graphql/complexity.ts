import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import {
  fieldExtensionsEstimator,
  getComplexity,
  type ComplexityEstimatorArgs,
} from 'graphql-query-complexity';
import { LRUCache } from 'lru-cache';
import { ErrorCode } from './error-code.js';
import { ApiError } from './errors.js';
import { LIMITS } from './limits.js';

/** How many items a list without paging is taken to have: a node's choices, a story's tags. */
const SHORT_LIST = 4;

/** How many estimates of one document are kept. */
const MOST_ESTIMATES = 100;

/** In characters: an id among the variables may be as long as a request. */
const LONGEST_KNOWN = 500;

/** What is known of a document. */
interface Estimates {
  /** The variables that decide how large an answer is. */
  readonly deciding: readonly string[];
  /** By operation and the values of those variables. */
  readonly known: LRUCache<string, number>;
}

/** What decides what a document costs. */
type Asked = Pick<GraphQLRequest, 'operationName' | 'variables'>;

const estimates = new WeakMap<DocumentNode, Estimates>();

/** Refuses an operation whose answer could hold too many fields: each costs 1, times the items it is asked of. */
export const complexityLimit: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ request, document, schema }) {
        assertAffordable(schema, document, request);
        return Promise.resolve();
      },
    }),
};

/** @throws {ApiError} `QUERY_TOO_COMPLEX` */
export function assertAffordable(
  schema: GraphQLSchema,
  document: DocumentNode,
  request: Asked,
): void {
  const { deciding, known } = estimates.get(document) ?? {
    deciding: decidingIn(schema, document),
    known: new LRUCache<string, number>({ max: MOST_ESTIMATES }),
  };
  estimates.set(document, { deciding, known });
  const { operationName = '', variables = {} } = request;
  const asked = JSON.stringify([operationName, deciding.map((name): unknown => variables[name])]);
  const complexity = known.get(asked) ?? complexityOf(schema, document, request);
  // Nothing is known where the variables did not fit: others may.
  if (complexity > 0 && asked.length <= LONGEST_KNOWN) known.set(asked, complexity);
  if (complexity > LIMITS.complexity) {
    throw tooComplex(
      `This operation may return ${complexity} fields, and ${LIMITS.complexity} is the most. ` +
        'Ask for a smaller page with `first`, for fewer levels, or for less at a time.',
      { complexity, limit: LIMITS.complexity },
    );
  }
}

/** The variables that an estimate looks at: in `first`, in what a field estimates itself, in directives. */
function decidingIn(schema: GraphQLSchema, document: DocumentNode): string[] {
  const names = new Set<string>();
  const types = new TypeInfo(schema);
  const all = { Variable: ({ name }: { name: { value: string } }) => void names.add(name.value) };
  visit(
    document,
    visitWithTypeInfo(types, {
      VariableDefinition: () => false,
      Directive(directive) {
        visit(directive, all);
      },
      Argument(argument) {
        const { complexity } = types.getFieldDef()?.extensions ?? {};
        if (argument.name.value === 'first' || typeof complexity === 'function')
          visit(argument, all);
      },
    }),
  );
  return [...names];
}

/** 0 where the variables do not fit: execution, which comes next, refuses them and says how. */
function complexityOf(
  schema: GraphQLSchema,
  query: DocumentNode,
  { variables = {}, operationName }: Asked,
): number {
  const operation = getOperationAST(query, operationName);
  const { coerced } = getVariableValues(schema, operation?.variableDefinitions ?? [], variables);
  if (coerced === undefined) return 0;
  try {
    return getComplexity({
      schema,
      query,
      variables,
      ...(operationName && { operationName }),
      estimators: [fieldExtensionsEstimator(), estimate],
    });
  } catch (error) {
    // It gives up on a mass of fragments.
    if (!(error instanceof GraphQLError)) throw error;
    throw tooComplex(`The cost of this operation cannot be told: ${error.message}`, {});
  }
}

const tooComplex = (message: string, detail: object) =>
  new ApiError(ErrorCode.QUERY_TOO_COMPLEX, message, { ...detail, http: { status: 400 } });

function estimate({ type, field, args, childComplexity }: ComplexityEstimatorArgs): number {
  const { first } = args as { first?: number };
  if (first !== undefined) return 1 + Math.max(first, 1) * childComplexity;
  const isPageOfConnection = type.name.endsWith('Connection');
  const isList = String(field.type).startsWith('[');
  return 1 + childComplexity * (isList && !isPageOfConnection ? SHORT_LIST : 1);
}
