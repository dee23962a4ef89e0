import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

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
 * The estimate of `complexityLimit` takes a node to have few.
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
