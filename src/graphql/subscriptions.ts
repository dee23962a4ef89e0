import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';

/**
 * Refuses subscriptions where the schema has none: graphql-js finds nothing wrong with them before it executes them, and what
 * it says then would pass for a fault of ours.
 */
export const noSubscriptions = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition(operation) {
    if (context.getSchema().getRootType(operation.operation)) return;
    const message = 'There are no subscriptions. Send a query, and again for what is new.';
    context.reportError(new GraphQLError(message, { nodes: operation }));
  },
});
