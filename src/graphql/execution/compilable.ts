import { BREAK, Kind, OperationTypeNode, visit, type ASTVisitor, type DocumentNode } from 'graphql';

/**
 * Whether graphql-jit answers a document as graphql-js does. It does not for variables within an object or a list, where
 * those left out are taken for undefined; for directives, where what is skipped in one place is skipped or kept in others
 * too; and for mutations of several fields, where it goes on after one that fails. Clients write all these seldom.
 */
export function isCompilable(document: DocumentNode): boolean {
  let isFound = false;
  const found = () => {
    isFound = true;
    return BREAK;
  };
  const within: ASTVisitor = { Variable: found };
  const hasVariable = (node: Parameters<typeof visit>[0]) => {
    visit(node, within);
    return isFound ? BREAK : false;
  };
  visit(document, {
    OperationDefinition({ operation, selectionSet: { selections } }) {
      const isSingle = selections.length === 1 && selections[0]?.kind === Kind.FIELD;
      return operation === OperationTypeNode.MUTATION && !isSingle ? found() : undefined;
    },
    ObjectValue: hasVariable,
    ListValue: hasVariable,
    Directive: found,
  });
  return !isFound;
}
