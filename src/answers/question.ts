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

/** All that decides the answer to a GraphQL request of no matter whom; undefined where it is no single operation. */
export function questionOf({ method, url, body, headers }: FastifyRequest): string | undefined {
  const asked = method === 'GET' ? url : method === 'POST' ? operationIn(body) : undefined;
  if (asked === undefined) return undefined;
  const question = JSON.stringify([method, asked, HEADERS.map((name) => headers[name])]);
  return question.length > LONGEST ? undefined : question;
}

function operationIn(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const { query, operationName, variables, extensions } = body as Record<string, unknown>;
  return [query, operationName, variables, extensions];
}
