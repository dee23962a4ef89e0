import { ECDH } from 'node:crypto';
import { isIP } from 'node:net';
import { ValidateBy } from 'class-validator';

/** The key of a browser: a point of the curve P-256. */
export const IsPushKey = () =>
  ValidateBy(
    { name: 'isPushKey', validator: { validate: isPoint } },
    { message: 'must be the key p256dh of a push subscription, in base64url' },
  );

/** The secret that a browser shares with us: 16 bytes. */
export const IsPushSecret = () =>
  ValidateBy(
    { name: 'isPushSecret', validator: { validate: (text) => bytesOf(text).length === 16 } },
    { message: 'must be the key auth of a push subscription, in base64url' },
  );

/** Whether an address is one of the open internet, as far as its spelling tells; where its name leads is seen later. */
export function isPublicEndpoint(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  const isName = isIP(hostname.replace(/^\[|\]$/g, '')) === 0;
  return isName && hostname.includes('.') && !/\.(localhost|local|internal)\.?$/.test(hostname);
}

/** Whether it is an address of HTTPS, without a user in it. */
export function isSecureEndpoint(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, username, password } = new URL(endpoint);
  return protocol === 'https:' && username === '' && password === '';
}

function isPoint(text: unknown): boolean {
  const bytes = bytesOf(text);
  if (bytes.length !== 65 || bytes[0] !== 4) return false;
  try {
    ECDH.convertKey(bytes, 'prime256v1');
    return true;
  } catch {
    return false;
  }
}

const bytesOf = (text: unknown): Buffer =>
  Buffer.from(typeof text === 'string' && /^[\w-]+=*$/.test(text) ? text : '', 'base64url');
