import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { questionOf } from './question.js';

const QUERY = '{ story(id: "sty_1") { title } }';

/** The question of a request, and how often its variables were looked at. */
function posted(query: string, headers: Record<string, string> = { 'content-length': '100' }) {
  let looks = 0;
  const variables = { toJSON: () => (looks += 1) };
  const request = { method: 'POST', url: '/graphql', headers, body: { query, variables } };
  return { question: questionOf(request as unknown as FastifyRequest), looks };
}

describe('a question', () => {
  it('is what decides the answer', () => {
    const { question, looks } = posted(QUERY);
    expect(question).toContain(JSON.stringify(QUERY));
    expect(looks).toBe(1);
  });

  it.each([
    ['a mutation', ' \n mutation { logout }', { 'content-length': '100' }],
    ['a long request', QUERY, { 'content-length': '8193' }],
    ['what does not say how long it is', QUERY, { 'transfer-encoding': 'chunked' }],
  ])('is not made of %s', (_, query, headers) => {
    expect(posted(query, headers)).toEqual({ question: undefined, looks: 0 });
  });

  it('may be named like a mutation', () => {
    expect(posted('query mutation { me { id } }').question).toBeDefined();
  });

  it('is not made of a long address', () => {
    const request = { method: 'GET', url: `/graphql?query=${'x'.repeat(8192)}`, headers: {} };
    expect(questionOf(request as unknown as FastifyRequest)).toBeUndefined();
  });
});
