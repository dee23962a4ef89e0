import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  GraphQLError,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { getComplexity, type ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { ErrorCode } from './error-code.js';
import { ApiError } from './errors.js';

/** What one operation may ask for. The product's own operations, and the IDE's examples, stay well below. */
export const LIMITS = {
  tokens: 2000,
  depth: 14,
  aliases: 30,
  directives: 30,
  complexity: 20_000,
} as const;

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
] as ValidationRule[];

/** Refuses an operation whose answer could hold too many fields: each costs 1, times the items it is asked of. */
export const complexityLimit: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ request, document, schema }) {
        const complexity = complexityOf(schema, document, request);
        if (complexity > LIMITS.complexity) {
          throw new ApiError(
            ErrorCode.QUERY_TOO_COMPLEX,
            `This operation may return ${complexity} fields, and ${LIMITS.complexity} is the most. ` +
              'Ask for a smaller page with `first`, or for fewer levels.',
            { complexity, limit: LIMITS.complexity, http: { status: 400 } },
          );
        }
        return Promise.resolve();
      },
    }),
};

/** 0 where the variables do not fit: execution, which comes next, says how. */
function complexityOf(
  schema: GraphQLSchema,
  query: DocumentNode,
  { variables = {}, operationName }: GraphQLRequest,
): number {
  try {
    return getComplexity({
      schema,
      query,
      variables,
      ...(operationName && { operationName }),
      estimators: [estimate],
    });
  } catch (error) {
    if (error instanceof GraphQLError) return 0;
    throw error;
  }
}

function estimate({ type, field, args, childComplexity }: ComplexityEstimatorArgs): number {
  const { first } = args as { first?: number };
  if (first !== undefined) return 1 + Math.max(first, 1) * childComplexity;
  const isPageOfConnection = type.name.endsWith('Connection');
  const isList = String(field.type).startsWith('[');
  return 1 + childComplexity * (isList && !isPageOfConnection ? SHORT_LIST : 1);
}
