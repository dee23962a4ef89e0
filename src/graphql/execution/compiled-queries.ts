import {
  execute,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { isCompilable } from './compilable.js';

/** How many documents have compiled operations at once. */
const MOST_DOCUMENTS = 1000;

/** What is executed: an operation of a document that has been found valid. */
export type Execution = Pick<
  ExecutionArgs,
  'document' | 'operationName' | 'variableValues' | 'contextValue'
>;

/** Operations by their names, `''` where none is asked for; undefined for those that cannot be compiled. */
type Operations = Map<string, CompiledQuery | undefined>;

/**
 * Executes operations by functions made for each of them (graphql-jit), which are kept; those that cannot be compiled are
 * executed by graphql-js.
 */
export class CompiledQueries {
  readonly #compiled = new LRUCache<DocumentNode, Operations>({ max: MOST_DOCUMENTS });

  constructor(private readonly schema: GraphQLSchema) {}

  /** @returns the result, with errors as resolvers threw them */
  async execute(execution: Execution): Promise<ExecutionResult> {
    const compiled = this.#operationOf(execution);
    if (compiled === undefined) return this.#interpret(execution);
    const { contextValue, variableValues } = execution;
    const result = (await compiled.query(
      undefined,
      contextValue,
      variableValues,
    )) as ExecutionResult;
    // Without data nothing has been executed: the variables do not fit, and graphql-js says so in its own words.
    if (!('data' in result)) return this.#interpret(execution);
    return result.errors ? { ...result, errors: result.errors.map(withExtensions) } : result;
  }

  #operationOf({ document, operationName }: Execution): CompiledQuery | undefined {
    const operations: Operations = this.#compiled.get(document) ?? new Map<string, undefined>();
    const name = operationName ?? '';
    if (!operations.has(name)) {
      operations.set(name, this.#compile(document, operationName));
      this.#compiled.set(document, operations);
    }
    return operations.get(name);
  }

  #compile(
    document: DocumentNode,
    operationName: string | null | undefined,
  ): CompiledQuery | undefined {
    if (!isCompilable(document)) return undefined;
    const compiled = compileQuery(this.schema, document, operationName ?? undefined, {
      disablingCapturingStackErrors: true,
    });
    return isCompiledQuery(compiled) ? compiled : undefined;
  }

  async #interpret(execution: Execution): Promise<ExecutionResult> {
    return execute({ schema: this.schema, ...execution });
  }
}

/** Every error of GraphQL has extensions, and Apollo looks into them; graphql-jit leaves them out where there are none. */
const withExtensions = (error: GraphQLError): GraphQLError =>
  (error as Partial<GraphQLError>).extensions === undefined
    ? (Object.create(error, { extensions: { value: {} } }) as GraphQLError)
    : error;
