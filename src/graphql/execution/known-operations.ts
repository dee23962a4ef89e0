import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import {
  getOperationAST,
  OperationTypeNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { assertAffordable } from '../complexity.js';
import { newRequestContext } from '../context.js';
import { ApiError } from '../errors.js';
import { withoutNulls } from '../null-variables.js';
import { noteStories } from '../public-read.js';
import { tellAnswered } from './answered.js';
import type { CompiledQueries } from './compiled-queries.js';

const MOST_DOCUMENTS = 1000;

/** In characters. Longer ones are asked by nobody twice. */
const LONGEST_TEXT = 16_384;

const MOST_MEDIA_TYPES = 100;

type Variables = Readonly<Record<string, unknown>>;

/** What the body of a request may hold. */
export interface AskedBody {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
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
 * Answers operations that Apollo has let through before, without the way that it takes through each request. What is
 * answered is what went well: all else is left to Apollo, with what has come of the operation where it has been executed.
 */
export class KnownOperations {
  /** By the texts that held them. */
  readonly #documents = new LRUCache<string, DocumentNode>({ max: MOST_DOCUMENTS });
  /** By what asks for a persisted query, in JSON: its hash. */
  readonly #persisted = new LRUCache<string, DocumentNode>({ max: MOST_DOCUMENTS });
  /** What Apollo answers to each `Accept`. */
  readonly #mediaTypes = new LRUCache<string, string>({ max: MOST_MEDIA_TYPES });

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly queries: CompiledQueries,
  ) {}

  /** Remembers a document that has passed all checks but those of variables. */
  learn(document: DocumentNode, text: string, { extensions }: AskedBody): void {
    if (text.length > LONGEST_TEXT) return;
    this.#documents.set(text, document);
    const persisted = persistedIn(extensions);
    if (persisted !== undefined) this.#persisted.set(persisted, document);
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
    const persisted = persistedIn(extensions);
    if (persisted !== undefined)
      return query === undefined ? this.#persisted.get(persisted) : undefined;
    return typeof query === 'string' ? this.#documents.get(query) : undefined;
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

const persistedIn = (extensions: unknown): string | undefined =>
  isRecord(extensions) ? JSON.stringify(extensions.persistedQuery) : undefined;
