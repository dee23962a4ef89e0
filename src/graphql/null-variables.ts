import type { ApolloServerPlugin } from '@apollo/server';
import {
  isNonNullType,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';

/**
 * Takes a variable that is null for one that was left out where no null may stand. Such a place has a default, or else
 * the variable has: GraphQL lets these pass its validation, and fails only when it comes to the field.
 */
export const nullsAsLeftOut: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ request, document, operation, schema }) {
        const { variables = {} } = request;
        if (Object.values(variables).includes(null)) {
          const { [operation?.name?.value ?? '']: alone = document } = separateOperations(document);
          const whereNotNull = notNullable(schema, alone);
          request.variables = Object.fromEntries(
            Object.entries(variables).filter(
              ([name, value]) => value !== null || !whereNotNull.has(name),
            ),
          );
        }
        return Promise.resolve();
      },
    }),
};

/** The names of the variables that stand somewhere in the operation where no null may. */
function notNullable(schema: GraphQLSchema, operation: DocumentNode): ReadonlySet<string> {
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
  return names;
}
