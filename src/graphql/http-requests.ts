import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ErrorCode } from './error-code.js';
import { ApiError } from './errors.js';

const PATH = '/graphql';

/** What the route of Apollo takes; Fastify adds HEAD. */
const METHODS = ['GET', 'POST', 'OPTIONS'];

/** As Apollo makes hashes. */
const HASH = /^[0-9a-f]{64}$/;

/** Refuses requests to `/graphql` that cannot be right whatever they ask, and for which Apollo has no words that help. */
export function refuseUnfitRequests(fastify: FastifyInstance): void {
  fastify.route({
    url: PATH,
    method: fastify.supportedMethods.filter((name) => ![...METHODS, 'HEAD'].includes(name)),
    // Before the body is read, which may be of any type.
    onRequest({ method }, reply) {
      const message = `${method} is no method of ${PATH}. Send the operation by POST, or a query by GET.`;
      void reply
        .status(405)
        .header('allow', METHODS.join(', '))
        .send({ errors: [{ message, extensions: { code: ErrorCode.BAD_REQUEST } }] });
    },
    handler: () => undefined,
  });
  fastify.addHook('preHandler', (request, _reply, done) => {
    const problem = problemOf(request);
    if (problem === undefined || request.routeOptions.url !== PATH) done();
    else done(new ApiError(ErrorCode.BAD_REQUEST, problem));
  });
}

/** Apollo takes a malformed `persistedQuery` for an unknown one, or for a fault of the server. */
function problemOf({ method, body, query }: FastifyRequest): string | undefined {
  const extensions =
    method === 'POST' ? fieldOf(body, 'extensions') : parsed(fieldOf(query, 'extensions'));
  const persisted = fieldOf(extensions, 'persistedQuery') ?? undefined;
  if (persisted === undefined) return undefined;
  if (typeof persisted !== 'object')
    return 'extensions.persistedQuery must be an object: {"version": 1, "sha256Hash": "…"}. Leave it out to send the text alone.';
  if (fieldOf(persisted, 'version') !== 1)
    return 'extensions.persistedQuery.version must be the number 1.';
  const hash = fieldOf(persisted, 'sha256Hash');
  return typeof hash === 'string' && HASH.test(hash)
    ? undefined
    : 'extensions.persistedQuery.sha256Hash must be the SHA-256 of the text of the query in UTF-8, as 64 hexadecimal digits in lower case.';
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** @returns undefined for what is no JSON: Apollo says so */
function parsed(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : undefined;
  } catch {
    return undefined;
  }
}
