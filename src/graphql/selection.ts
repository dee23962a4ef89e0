import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionNode,
} from 'graphql';

/** What a resolver is told of its field, by whichever executor. */
export type Selection = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>;

/**
 * Whether the selection of a field asks for the field at `path` below it, such as `choices`, `toNode`.
 * A fragment counts whatever type it is on: at worst something is read that nobody gets.
 */
export function asksFor(selection: Selection, ...path: readonly string[]): boolean {
  return fieldsAt(selection, path).length > 0;
}

/** The names of the fields that the selection of a field asks for, of itself or of what is at `path` below it. */
export function namesIn(selection: Selection, ...path: readonly string[]): ReadonlySet<string> {
  const names = fieldsAt(selection, path).flatMap((field) =>
    fieldsIn(field, selection).map(({ name }) => name.value),
  );
  return new Set(names);
}

/** The same of the items of a connection. */
export const namesInItems = (
  selection: Selection,
  ...path: readonly string[]
): ReadonlySet<string> =>
  new Set([
    ...namesIn(selection, 'nodes', ...path),
    ...namesIn(selection, 'edges', 'node', ...path),
  ]);

/** As {@link asksFor}, of the items of a connection. */
export const asksOfItems = (selection: Selection, ...path: readonly string[]): boolean =>
  asksFor(selection, 'nodes', ...path) || asksFor(selection, 'edges', 'node', ...path);

function fieldsAt(selection: Selection, path: readonly string[]): FieldNode[] {
  let fields = selection.fieldNodes.filter((field) => isIncluded(field, selection));
  for (const step of path)
    fields = fields
      .flatMap((field) => fieldsIn(field, selection))
      .filter(({ name }) => name.value === step);
  return fields;
}

/** All fields that the selection of a field has, those of fragments with them. */
function fieldsIn(field: FieldNode, selection: Selection): FieldNode[] {
  const search = (node: SelectionNode): FieldNode[] => {
    if (!isIncluded(node, selection)) return [];
    if (node.kind === Kind.FIELD) return [node];
    const within = node.kind === Kind.INLINE_FRAGMENT ? node : selection.fragments[node.name.value];
    return within?.selectionSet.selections.flatMap(search) ?? [];
  };
  return field.selectionSet?.selections.flatMap(search) ?? [];
}

function isIncluded(node: SelectionNode, { variableValues }: Selection): boolean {
  if (node.directives === undefined || node.directives.length === 0) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues);
  return skip?.if !== true && include?.if !== false;
}
