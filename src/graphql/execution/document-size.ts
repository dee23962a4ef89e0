import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a token was seen to take with its part of the tree, in bytes of memory. */
const TOKEN = 500;

/** What a document takes however short it is. */
const AROUND = 4096;

/** How much memory a document takes at most as it is parsed, with its text, in bytes. */
export function bytesOf({ loc }: DocumentNode): number {
  let tokens = 0;
  for (let token = loc?.startToken ?? null; token !== null; token = token.next) tokens += 1;
  return AROUND + TOKEN * tokens + 2 * (loc?.source.body.length ?? 0);
}

/** How many fields a valid operation selects: those of a fragment each time that it is spread. */
export function fieldsIn(document: DocumentNode, { selectionSet }: OperationDefinitionNode) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  }
  const counted = new Map<string, number>();
  const inFragment = (name: string): number => {
    const count = counted.get(name) ?? inSelections(fragments.get(name)!.selectionSet);
    counted.set(name, count);
    return count;
  };
  const inSelections = ({ selections }: SelectionSetNode): number => {
    let count = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) count += inFragment(selection.name.value);
      else {
        if (selection.kind === Kind.FIELD) count += 1;
        if (selection.selectionSet) count += inSelections(selection.selectionSet);
      }
    }
    return count;
  };
  return inSelections(selectionSet);
}
