import type { ApolloServerPlugin } from '@apollo/server';
import {
  isNonNullType,
  Kind,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** Gives each operation its variables {@link withoutNulls}. */
export const nullsAsLeftOut: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ request, document, operation, schema }) {
        const { variables = {} } = request;
        if (operation) request.variables = withoutNulls(schema, document, operation, variables);
        return Promise.resolve();
      },
    }),
};

/**
 * Takes a variable that is null for one that was left out where no null may stand. Such a place has a default, or else
 * the variable has: GraphQL lets these pass its validation, and fails only when it comes to the field.
 */
export function withoutNulls<Variables extends Readonly<Record<string, unknown>>>(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Variables | Record<string, unknown> {
  if (!Object.values(variables).includes(null)) return variables;
  const whereNotNull = known.get(operation) ?? notNullable(schema, document, operation);
  known.set(operation, whereNotNull);
  return Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => value !== null || !whereNotNull.has(name)),
  );
}

const known = new WeakMap<OperationDefinitionNode, ReadonlySet<string>>();

/** The names of the variables that stand somewhere in the operation where no null may, though they might be left out. */
function notNullable(
  schema: GraphQLSchema,
  document: DocumentNode,
  { name, variableDefinitions = [] }: OperationDefinitionNode,
): ReadonlySet<string> {
  const { [name?.value ?? '']: operation = document } = separateOperations(document);
  const names = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    operation,
    visitWithTypeInfo(types, {
      VariableDefinition: () => false,
      Variable({ name }) {
        if (isNonNullType(types.getInputType())) names.add(name.value);
      },
    }),
  );
  for (const { variable, type, defaultValue } of variableDefinitions)
    if (type.kind === Kind.NON_NULL_TYPE && !defaultValue) names.delete(variable.name.value);
  return names;
}
