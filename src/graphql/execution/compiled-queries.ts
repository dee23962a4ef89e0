import {
  execute,
  getOperationAST,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { isCompilable } from './compilable.js';
import { bytesOf, fieldsIn } from './document-size.js';

/** What compiled operations may take at once, with their documents. */
const MOST_BYTES = 32 * 1024 * 1024;

/** What the function of an operation was seen to take: for each field, and besides. */
const FIELD = 2500;
const AROUND = 16_384;

/** Larger ones take longer to compile than they would ever save. */
const MOST_FIELDS = 500;

/** What is executed: an operation of a document that has been found valid. */
export type Execution = Pick<
  ExecutionArgs,
  'document' | 'operationName' | 'variableValues' | 'contextValue'
>;

/** What was made of an operation: nothing where that cannot be compiled. */
type Compiled = Partial<CompiledQuery>;

/**
 * Executes operations by functions made for each of them (graphql-jit), which are kept; those that cannot be compiled are
 * executed by graphql-js.
 */
export class CompiledQueries {
  readonly #compiled = new LRUCache<OperationDefinitionNode, Compiled>({ maxSize: MOST_BYTES });

  constructor(private readonly schema: GraphQLSchema) {}

  /** How much memory is taken to be used, in bytes. */
  get bytes(): number {
    return this.#compiled.calculatedSize;
  }

  /** @returns the result, with errors as resolvers threw them */
  async execute(execution: Execution): Promise<ExecutionResult> {
    const { query } = this.#compiledOf(execution);
    if (query === undefined) return this.interpret(execution);
    const { contextValue, variableValues } = execution;
    const result = (await query(undefined, contextValue, variableValues)) as ExecutionResult;
    // Without data nothing has been executed: the variables do not fit, and graphql-js says so in its own words.
    if (!('data' in result)) return this.interpret(execution);
    return result.errors ? { ...result, errors: result.errors.map(withExtensions) } : result;
  }

  /** The same by graphql-js: for what is asked once, that is sooner done. */
  async interpret(execution: Execution): Promise<ExecutionResult> {
    return execute({ schema: this.schema, ...execution });
  }

  #compiledOf(execution: Execution): Compiled {
    const operation = getOperationAST(execution.document, execution.operationName);
    if (!operation) return {};
    return this.#compiled.get(operation) ?? this.#compile(execution, operation);
  }

  #compile({ document, operationName }: Execution, operation: OperationDefinitionNode): Compiled {
    const fields = fieldsIn(document, operation);
    const compiled =
      fields <= MOST_FIELDS && isCompilable(document)
        ? compileQuery(this.schema, document, operationName ?? undefined, {
            disablingCapturingStackErrors: true,
          })
        : {};
    const made: Compiled = isCompiledQuery(compiled) ? compiled : {};
    const size = AROUND + bytesOf(document) + (made.query ? FIELD * fields : 0);
    this.#compiled.set(operation, made, { size });
    return made;
  }
}

/** Every error of GraphQL has extensions, and Apollo looks into them; graphql-jit leaves them out where there are none. */
const withExtensions = (error: GraphQLError): GraphQLError =>
  (error as Partial<GraphQLError>).extensions === undefined
    ? (Object.create(error, { extensions: { value: {} } }) as GraphQLError)
    : error;
