import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs that the server takes one upload until `expires`, in seconds since 1970. */
export const signUpload = (secret: string, key: string, expires: number): string =>
  createHmac('sha256', secret).update(`upload:${key}:${expires}`).digest('base64url');

/** Whether a signature is this server's own. Takes as long whichever character differs. */
export function isSignatureOf(
  secret: string,
  { key, expires, signature }: { key: string; expires: number; signature: string },
): boolean {
  const [given, right] = [signature, signUpload(secret, key, expires)].map((text) =>
    Buffer.from(text),
  );
  return given!.length === right!.length && timingSafeEqual(given!, right!);
}
