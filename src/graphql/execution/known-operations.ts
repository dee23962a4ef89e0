import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import {
  getOperationAST,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { assertAffordable } from '../complexity.js';
import { newRequestContext, type RequestContext } from '../context.js';
import { ApiError } from '../errors.js';
import { withoutNulls } from '../null-variables.js';
import { noteStories } from '../public-read.js';
import { tellAnswered } from './answered.js';
import type { CompiledQueries } from './compiled-queries.js';
import { bytesOf } from './document-size.js';

/** What the documents that are known may take. */
const MOST_BYTES = 16 * 1024 * 1024;

/** In characters. Longer ones are left to Apollo and graphql-js. */
const LONGEST_TEXT = 4096;

const MOST_HASHES = 1000;

const MOST_MEDIA_TYPES = 100;

type Variables = Readonly<Record<string, unknown>>;

/** What the body of a request may hold. */
export interface AskedBody {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

/** An operation that Apollo has let through, in a document that has passed all checks but those of variables. */
export interface LetThrough {
  readonly document: DocumentNode;
  /** The text of the document. */
  readonly source: string;
  readonly request: {
    readonly operationName?: string | undefined;
    readonly variables?: Variables | undefined;
    readonly extensions?: unknown;
  };
  readonly context: RequestContext;
}

/** A request for an operation that is known. */
interface Asked {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
  readonly variableValues: Variables;
  /** That of the answer. */
  readonly contentType: string;
}

/**
 * Answers operations that Apollo has let through twice, without the way that it takes through each request. What is
 * answered is what went well: all else is left to Apollo, with what has come of the operation where it has been executed.
 */
export class KnownOperations {
  /** Those that have been asked for: Apollo keeps them for the next time. */
  readonly #askedOnce = new WeakSet<DocumentNode>();
  /** By the texts that held them. */
  readonly #documents = new LRUCache<string, DocumentNode>({
    maxSize: MOST_BYTES,
    sizeCalculation: bytesOf,
  });
  /** The texts of persisted queries, by their hashes. */
  readonly #persisted = new LRUCache<string, string>({ max: MOST_HASHES });
  /** What Apollo answers to each `Accept`. */
  readonly #mediaTypes = new LRUCache<string, string>({ max: MOST_MEDIA_TYPES });

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly queries: CompiledQueries,
  ) {}

  /**
   * What Apollo calls to have an operation executed. It is compiled the second time, and known from then on: clients that
   * write values into their texts ask for each of them once.
   */
  async execute({ document, source, request, context }: LetThrough): Promise<ExecutionResult> {
    const { executed } = context.req;
    if (executed !== undefined) return executed;
    const execution = {
      document,
      operationName: request.operationName,
      variableValues: request.variables,
      contextValue: context,
    };
    return this.#learn(document, source, request.extensions)
      ? this.queries.execute(execution)
      : this.queries.interpret(execution);
  }

  /** @returns whether it is known now */
  #learn(document: DocumentNode, text: string, extensions: unknown): boolean {
    const isAskedAgain = this.#askedOnce.has(document);
    this.#askedOnce.add(document);
    if (!isAskedAgain || text.length > LONGEST_TEXT) return false;
    this.#documents.set(text, document);
    const hash = hashIn(extensions);
    if (hash !== undefined) this.#persisted.set(hash, text);
    return true;
  }

  /** @param apollo what answers all the rest */
  before(apollo: RouteHandlerMethod): RouteHandlerMethod {
    return async (request, reply) => {
      const asked = this.#asked(request);
      const body = asked && (await this.#answer(asked, request, reply));
      if (body !== undefined) return body;
      const told: unknown = await apollo.call(request.server, request, reply);
      this.#learnMediaType(request, reply);
      return told;
    };
  }

  #learnMediaType({ method, headers }: FastifyRequest, reply: FastifyReply): void {
    const contentType = reply.getHeader('content-type');
    if (method === 'POST' && reply.statusCode === 200 && typeof contentType === 'string')
      this.#mediaTypes.set(headers.accept ?? '', contentType);
  }

  /** @returns undefined where Apollo has to look */
  #asked({ method, headers, body }: FastifyRequest): Asked | undefined {
    const isJson = method === 'POST' && headers['content-type']?.startsWith('application/json');
    const contentType = this.#mediaTypes.get(headers.accept ?? '');
    if (!isJson || !isRecord(body) || contentType === undefined) return undefined;
    const { operationName = null, variables: given = {}, extensions = {} }: AskedBody = body;
    const document = this.#documentOf(body);
    if (document === undefined || !isRecord(given) || !isRecord(extensions)) return undefined;
    if (operationName !== null && typeof operationName !== 'string') return undefined;
    const operation = getOperationAST(document, operationName);
    if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined;
    const variables = withoutNulls(this.schema, document, operation, given);
    const name = operationName ?? undefined;
    if (!this.#isAffordable(document, variables, name)) return undefined;
    return { document, operation, operationName: name, variableValues: variables, contentType };
  }

  #documentOf({ query, extensions }: AskedBody): DocumentNode | undefined {
    const text = hasPersisted(extensions) ? this.#textOf(query, extensions) : query;
    return typeof text === 'string' ? this.#documents.get(text) : undefined;
  }

  /** Where a hash comes with a text, or is none, Apollo has to look. */
  #textOf(query: unknown, extensions: unknown): string | undefined {
    const hash = query === undefined ? hashIn(extensions) : undefined;
    return hash === undefined ? undefined : this.#persisted.get(hash);
  }

  #isAffordable(
    document: DocumentNode,
    variables: Variables,
    operationName: string | undefined,
  ): boolean {
    try {
      assertAffordable(this.schema, document, {
        variables,
        ...(operationName !== undefined && { operationName }),
      });
      return true;
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  }

  async #answer(
    { operation, contentType, ...execution }: Asked,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string | undefined> {
    const started = performance.now();
    const contextValue = newRequestContext(request);
    const executed = this.queries.execute({ ...execution, contextValue });
    const { data, errors } = await executed.catch(() => ({ data: undefined, errors: undefined }));
    if (!data || errors !== undefined) {
      request.executed = executed;
      return undefined;
    }
    noteStories(this.schema, execution.document, contextValue);
    tellAnswered({ operation, seconds: (performance.now() - started) / 1000 });
    void reply.header('content-type', contentType);
    return `${JSON.stringify({ data })}\n`;
  }
}

const isRecord = (value: unknown): value is Variables =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasPersisted = (extensions: unknown): boolean =>
  isRecord(extensions) && extensions.persistedQuery !== undefined;

/** The hash of a persisted query; undefined for all that Apollo does not take for one. */
function hashIn(extensions: unknown): string | undefined {
  const persisted = isRecord(extensions) ? extensions.persistedQuery : undefined;
  if (!isRecord(persisted) || persisted.version !== 1) return undefined;
  return typeof persisted.sha256Hash === 'string' ? persisted.sha256Hash : undefined;
}
