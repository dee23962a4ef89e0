import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Kind,
  type ASTVisitor,
  type DocumentNode,
  type SelectionNode,
  type SelectionSetNode,
  type GraphQLSchema,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import {
  fieldExtensionsEstimator,
  getComplexity,
  type ComplexityEstimatorArgs,
} from 'graphql-query-complexity';
import { ErrorCode } from './error-code.js';
import { ApiError } from './errors.js';

/** What one operation may ask for. The product's own operations, and the IDE's examples, stay well below. */
export const LIMITS = {
  tokens: 2000,
  depth: 13,
  aliases: 30,
  directives: 30,
  complexity: 20_000,
  choiceLevels: 4,
} as const;

/** The cost of a field that works hard: an operation can ask for it once. */
export const MOST_OF_AN_OPERATION = LIMITS.complexity / 2 + 1;

/** How many items a list without paging is taken to have: a node's choices, a story's tags. */
const SHORT_LIST = 4;

/** Reports a breach as a validation error; by default the rules throw it, which would pass for a fault of ours. */
const reported = (n: number) => ({
  n,
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError) => context?.reportError(error),
  ],
});

export const limitRules = [
  maxDepthRule(reported(LIMITS.depth)),
  maxAliasesRule(reported(LIMITS.aliases)),
  maxDirectivesRule(reported(LIMITS.directives)),
  maxChoiceLevels,
] as ValidationRule[];

/**
 * Bounds how often `choices` nests within itself: a node may have many, and each level multiplies the answer.
 * The estimate of {@link complexityLimit} takes a node to have few.
 */
function maxChoiceLevels(context: ValidationContext): ASTVisitor {
  const levelsOf = ({ selections }: SelectionSetNode, path: readonly string[]): number =>
    Math.max(0, ...selections.map((selection) => levelsIn(selection, path)));
  const levelsIn = (selection: SelectionNode, path: readonly string[]): number => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const name = selection.name.value;
      const fragment = path.includes(name) ? undefined : context.getFragment(name);
      return fragment ? levelsOf(fragment.selectionSet, [...path, name]) : 0;
    }
    const below = selection.selectionSet ? levelsOf(selection.selectionSet, path) : 0;
    return below + (selection.kind === Kind.FIELD && selection.name.value === 'choices' ? 1 : 0);
  };
  return {
    OperationDefinition(operation) {
      if (levelsOf(operation.selectionSet, []) <= LIMITS.choiceLevels) return;
      const message = `"choices" may nest at most ${LIMITS.choiceLevels} levels deep.`;
      context.reportError(new GraphQLError(message, { nodes: operation }));
    },
  };
}

/** Refuses an operation whose answer could hold too many fields: each costs 1, times the items it is asked of. */
export const complexityLimit: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ request, document, schema }) {
        const complexity = complexityOf(schema, document, request);
        if (complexity > LIMITS.complexity) {
          throw tooComplex(
            `This operation may return ${complexity} fields, and ${LIMITS.complexity} is the most. ` +
              'Ask for a smaller page with `first`, for fewer levels, or for less at a time.',
            { complexity, limit: LIMITS.complexity },
          );
        }
        return Promise.resolve();
      },
    }),
};

/** 0 where the variables do not fit: execution, which comes next, refuses them and says how. */
function complexityOf(
  schema: GraphQLSchema,
  query: DocumentNode,
  { variables = {}, operationName }: GraphQLRequest,
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
