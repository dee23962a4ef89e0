import { createHmac, timingSafeEqual } from 'node:crypto';

/** What this server signs: the signature of one purpose is none of another. */
export type SignedPurpose = 'upload' | 'export' | 'data-export' | 'unsubscribe';

/** Signs a text with the server's secret, so that nobody else can make it up or alter it. */
export function sign(secret: string, purpose: SignedPurpose, text: string): string {
  const key = createHmac('sha256', secret).update(purpose).digest();
  return createHmac('sha256', key).update(text).digest('base64url');
}

/** Whether `signature` is this server's own for a text. Takes as long whichever character differs. */
export function isSigned(
  secret: string,
  purpose: SignedPurpose,
  { text, signature }: { text: string; signature: string },
): boolean {
  const [given, right] = [signature, sign(secret, purpose, text)].map((each) => Buffer.from(each));
  return given!.length === right!.length && timingSafeEqual(given!, right!);
}
