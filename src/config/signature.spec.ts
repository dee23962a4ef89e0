import { describe, expect, it } from '@jest/globals';
import { isSigned, sign } from './signature.js';

describe('a signature', () => {
  const signature = sign('secret', 'upload', 'a:1');

  it('is good for its text, its purpose and its secret alone', () => {
    expect(isSigned('secret', 'upload', { text: 'a:1', signature })).toBe(true);
    expect(isSigned('secret', 'upload', { text: 'a:2', signature })).toBe(false);
    expect(isSigned('secret', 'export', { text: 'a:1', signature })).toBe(false);
    expect(isSigned('other', 'upload', { text: 'a:1', signature })).toBe(false);
  });

  it('is refused when it is cut, lengthened or empty', () => {
    for (const other of [signature.slice(1), `${signature}A`, '', 'ä'.repeat(signature.length)]) {
      expect(isSigned('secret', 'upload', { text: 'a:1', signature: other })).toBe(false);
    }
  });
});
