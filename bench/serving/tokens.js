/** Tokens as Talegraph signs them; those of the peers also say whose they are, as peers keep no sessions. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const decoded = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = (text, secret) => createHmac('sha256', secret).update(text).digest();

export function signToken(claims, seconds, secret) {
  const iat = Math.floor(Date.now() / 1000);
  const told = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ ...claims, iat, exp: iat + seconds })}`;
  return `${told}.${signature(told, secret).toString('base64url')}`;
}

/** @returns what a token says; undefined when it is not ours or has expired */
export function claimsOf(token, secret) {
  const [head, claims, given, ...rest] = token.split('.');
  if (given === undefined || rest.length > 0 || decoded(head).alg !== 'HS256') return undefined;
  const expected = signature(`${head}.${claims}`, secret);
  const sent = Buffer.from(given, 'base64url');
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) return undefined;
  const told = decoded(claims);
  return told.exp * 1000 > Date.now() ? told : undefined;
}
