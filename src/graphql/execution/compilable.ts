import { BREAK, visit, type ASTVisitor, type DocumentNode } from 'graphql';

/**
 * Whether graphql-jit answers a document as graphql-js does. It does not for variables within an object or a list, where
 * those left out are taken for undefined, nor for directives of fragments, where one that is skipped is skipped everywhere.
 * Clients write both seldom.
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
    ObjectValue: hasVariable,
    ListValue: hasVariable,
    FragmentSpread: ({ directives = [] }) => (directives.length > 0 ? found() : undefined),
    InlineFragment: ({ directives = [] }) => (directives.length > 0 ? found() : undefined),
  });
  return !isFound;
}
