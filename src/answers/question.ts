import type { FastifyRequest } from 'fastify';

/** What of the headers decides how an operation is answered: the media type, and whether a browser asked by itself. */
const HEADERS = [
  'accept',
  'content-type',
  'apollo-require-preflight',
  'x-apollo-operation-name',
] as const;

/** Longer ones are asked by nobody twice. */
const LONGEST = 8192;

/**
 * All that decides the answer to a GraphQL request of no matter whom; undefined where it is no single operation, or none that
 * could be kept.
 */
export function questionOf(request: FastifyRequest): string | undefined {
  const { method, headers } = request;
  const asked = askedBy(request);
  if (asked === undefined) return undefined;
  const question = JSON.stringify([method, asked, HEADERS.map((name) => headers[name])]);
  return question.length > LONGEST ? undefined : question;
}

function askedBy({ method, url, body, headers }: FastifyRequest): unknown {
  if (method === 'GET') return url;
  // What is long is not even put together; what does not say its length may be long.
  const isShort = Number(headers['content-length']) <= LONGEST;
  return method === 'POST' && isShort ? operationIn(body) : undefined;
}

function operationIn(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const { query, operationName, variables, extensions } = body as Record<string, unknown>;
  const isMutation = typeof query === 'string' && /^\s*mutation\b/.test(query);
  return isMutation ? undefined : [query, operationName, variables, extensions];
}
