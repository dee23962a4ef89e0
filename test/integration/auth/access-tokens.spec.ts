import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bearers } from '../../../src/auth/sessions/bearers.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import { postGraphql } from '../../support/http.js';
import { COME_AS_GUEST, loggedIn, refreshed, REGISTER, registered } from './accounts.js';

const PUBLIC = '{ stories { totalCount } }';
const ANSWER = { stories: { totalCount: 0 } };

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token with these claims, signed with this secret by HMAC and the named hash. */
function sign(claims: object, secret: string, hash: 'sha256' | 'sha512' = 'sha256'): string {
  const alg = hash === 'sha256' ? 'HS256' : 'HS512';
  const body = `${encode({ alg, typ: 'JWT' })}.${encode(claims)}`;
  return `${body}.${createHmac(hash, secret).update(body).digest('base64url')}`;
}

describe('an access token', () => {
  let talegraph: TestApp;
  let person: Person;
  beforeAll(async () => {
    talegraph = await startApp();
    person = await talegraph.factory.newReader();
  });
  afterAll(() => talegraph.close());

  const secret = () => process.env.JWT_SECRET!;
  const claims = (expiresIn = 60) => {
    const now = Math.floor(Date.now() / 1000);
    return { sid: person.viewer.sessionId, iat: now - 60, exp: now + expiresIn };
  };
  const sendAs = async (authorization: string, query: string) =>
    (await postGraphql(talegraph.url, { query }, { authorization })).body;

  it('signs in, when it is made as the server makes them', async () => {
    const { client } = talegraph;
    expect(await client.as(sign(claims(), secret())).get('{ me { id } }')).toEqual({
      me: { id: person.id },
    });
  });

  it('lasts 15 minutes', () => {
    const { iat, exp } = JSON.parse(
      Buffer.from(person.token.split('.')[1]!, 'base64url').toString(),
    );
    expect(exp - iat).toBe(900);
  });

  it.each([
    ['has expired', () => sign(claims(-1), secret())],
    ['is signed with another secret', () => sign(claims(), 'another secret, as long as ours is')],
    ['is signed with another algorithm', () => sign(claims(), secret(), 'sha512')],
    ['is not signed', () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims())}.`],
    [
      'has had its claims changed',
      () => {
        const [head, , signature] = sign(claims(), secret()).split('.');
        return `${head!}.${encode({ ...claims(), sid: person.viewer.sessionId + 1 })}.${signature!}`;
      },
    ],
    ['is no token', () => 'garbage'],
    ['is cut short', () => person.token.slice(0, -5)],
  ])('that %s is refused, even on a public field', async (_, tokenOf) => {
    const token = tokenOf();
    for (const query of [PUBLIC, '{ me { id } }']) {
      const { data, errors } = await talegraph.client.as(token).send(query);
      expect(data ?? null).toBeNull();
      expect(errors).toMatchObject([
        {
          message:
            'The access token is not valid, or has expired. Use refreshTokens, or sign in again.',
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ]);
    }
  });

  it.each([
    ['names a session that never was', () => ({ ...claims(), sid: 999_999_999 })],
    ['names no session', () => ({ ...claims(), sid: undefined })],
    ['names a session in words', () => ({ ...claims(), sid: 'first' })],
  ])('that %s is refused, though the signature is right', async (_, claimsOf) => {
    const error = await talegraph.client.as(sign(claimsOf(), secret())).fail(PUBLIC);
    expect(error.extensions).toEqual({ code: 'UNAUTHENTICATED' });
  });

  it('that is out of date is refused before a mutation does anything', async () => {
    const { client, database } = talegraph;
    const before = await fingerprint(database);
    const { extensions } = await client.as(sign(claims(-1), secret())).fail(REGISTER, {
      input: { username: 'newcomer', email: 'newcomer@example.org', password: 'long enough' },
    });
    expect(extensions).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await fingerprint(database)).toEqual(before);
  });

  it('that is out of date is in the way of no new one', async () => {
    const { client } = talegraph;
    const stale = client.as(sign(claims(-1), secret()));
    const { continueAsGuest } = await stale.get(COME_AS_GUEST);
    const next = await refreshed(stale, continueAsGuest.refreshToken);
    expect(next.user).toEqual(continueAsGuest.user);
    await registered(client, 'stale');
    expect((await loggedIn(stale, 'stale')).user.username).toBe('stale');
  });

  it('is asked of nobody for what is public', async () => {
    expect(await talegraph.client.get(PUBLIC)).toEqual(ANSWER);
  });

  it('may be left empty, as the IDE does until it has one', async () => {
    expect(await sendAs('Bearer ', PUBLIC)).toEqual({ data: ANSWER });
    expect(await sendAs('Bearer', PUBLIC)).toEqual({ data: ANSWER });
  });

  it('is remembered with its header, unless that is long', async () => {
    const bearers = talegraph.app.get(Bearers);
    // Unlike those of the other tests, also in the same second.
    const token = sign(claims(120), secret());
    const before = bearers.count;
    for (const header of [`Bearer ${token} ${'x'.repeat(10_000)}`, `Bearer ${token}`]) {
      expect(await sendAs(header, '{ me { id } }')).toEqual({ data: { me: { id: person.id } } });
    }
    expect(bearers.count).toBe(before + 1);
    expect(person.token.length).toBeLessThan(200);
  });

  it.each([['bearer'], ['BEARER']])('may come under the scheme %s', async (scheme) => {
    expect(await sendAs(`${scheme} ${person.token}`, '{ me { id } }')).toEqual({
      data: { me: { id: person.id } },
    });
  });
});
