import { createHash, type Hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The body of an answer, as it goes over the wire. */
export interface ReadyAnswer {
  /** Text that is short is sent together with the headers, in one piece; bytes are sent beside them. */
  readonly body: string | Buffer;
  readonly contentType: string;
  /** Strong: other bytes have another one. */
  readonly etag: string;
}

export const readyAnswer = (body: string | Buffer, contentType: string): ReadyAnswer => ({
  body,
  contentType,
  etag: etagOf(createHash('sha256').update(body)),
});

/** @param hash of all of the body */
export const etagOf = (hash: Hash): string => `"${hash.digest('base64url')}"`;

/** The headers that let clients, and for anonymous ones caches between, keep an answer to a GET and ask whether it is current. */
export function allowKeeping(
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
  etag: string,
): void {
  if (method !== 'GET' && method !== 'HEAD') return;
  const whose = headers.authorization === undefined ? 'public' : 'private';
  void reply
    .header('etag', etag)
    .header('cache-control', `${whose}, max-age=0, must-revalidate`)
    .header('vary', varying(reply.getHeader('vary')));
}

/** Says that the client has the answer already, where it has. @returns whether it has */
export function sendUnchanged(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  const isCurrent = request.method !== 'POST' && isAmong(request.headers['if-none-match'], etag);
  if (!isCurrent) return false;
  allowKeeping(request, reply, etag);
  void reply.code(304).send();
  return true;
}

/** Sends an answer, or that the client has it already. */
export function sendReady(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: ReadyAnswer,
): FastifyReply {
  if (sendUnchanged(request, reply, answer.etag)) return reply;
  allowKeeping(request, reply, answer.etag);
  return reply.header('content-type', answer.contentType).send(answer.body);
}

/** Whether an `If-None-Match` names the tag. */
const isAmong = (list: string | undefined, etag: string): boolean =>
  (list ?? '')
    .split(',')
    .some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);

const varying = (given: unknown): string =>
  [...(typeof given === 'string' ? [given] : []), 'Accept', 'Authorization'].join(', ');
