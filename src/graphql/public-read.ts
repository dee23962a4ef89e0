import type { ApolloServerPlugin } from '@apollo/server';
import { Extensions } from '@nestjs/graphql';
import {
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import type { RequestContext } from './context.js';

const PUBLIC_READ = 'publicRead';

/**
 * Decorator of a field, or of a type for all of its fields: its value is public, the same for every viewer, and stays so until
 * the story that the root field names has changed. A root field that has it says so by {@link AnswerScope}.
 */
export const PublicRead = () => Extensions({ [PUBLIC_READ]: true });

/** What an answer for everyone tells of. */
export interface Told {
  readonly stories: ReadonlySet<number>;
  /** Since when any of these may have changed, on the clock of `performance`. */
  readonly since: number;
}

/** What the answer to one request is made of, as far as that decides whether others may get it too. */
export class AnswerScope {
  readonly #stories = new Set<number>();
  #isPersonal = false;
  #since = Infinity;

  /** Undefined when it is not for everyone. */
  get told(): Told | undefined {
    if (this.#isPersonal || this.#stories.size === 0) return undefined;
    return { stories: this.#stories, since: this.#since };
  }

  /**
   * A public root field tells of this story.
   * @param isForEveryone whether it tells everyone the same
   * @param since when what it tells was read, or later
   */
  tellsOf(storyId: number, isForEveryone: boolean, since: number): void {
    if (isForEveryone) this.#stories.add(storyId);
    else this.#isPersonal = true;
    this.#since = Math.min(this.#since, since);
  }
}

/** Whether a field of a type is marked, or all of that type's are. */
export const isPublicRead = (
  parent: { readonly extensions: Readonly<Record<string, unknown>> },
  field: Pick<GraphQLField<unknown, unknown>, 'extensions'>,
): boolean => parent.extensions[PUBLIC_READ] === true || field.extensions[PUBLIC_READ] === true;

const known = new WeakMap<DocumentNode, boolean>();

/** Whether all that a document selects is marked: found out once for each, as documents are kept. */
function isPublic(schema: GraphQLSchema, document: DocumentNode): boolean {
  const found = known.get(document) ?? selectsPublicOnly(schema, document);
  known.set(document, found);
  return found;
}

function selectsPublicOnly(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let isSo = document.definitions.every(
    (definition) =>
      definition.kind !== Kind.OPERATION_DEFINITION || definition.operation === 'query',
  );
  visit(
    document,
    visitWithTypeInfo(types, {
      Field() {
        const [parent, field] = [types.getParentType(), types.getFieldDef()];
        const isMarked = parent && field && (isPublicRead(parent, field) || isTypename(field));
        if (!isMarked) isSo = false;
      },
    }),
  );
  return isSo;
}

const isTypename = ({ name }: Pick<GraphQLField<unknown, unknown>, 'name'>) =>
  name === '__typename';

/** Notes with the request which stories its answer is made of, where everyone may have it. */
export function noteStories(
  schema: GraphQLSchema,
  document: DocumentNode,
  { req, answer }: RequestContext,
): void {
  if (isPublic(schema, document)) req.tells = answer.told;
}

/** Does so for answers that go well. */
export const publicReads: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ schema, document, errors, response, contextValue }) {
        const isWhole = errors === undefined && response.body.kind === 'single';
        if (isWhole && document !== undefined) noteStories(schema, document, contextValue);
        return Promise.resolve();
      },
    }),
};
