import { describe, expect, it } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { claimsOf, signToken } from '../../bench/serving/tokens.js';

const SECRET = 'a secret of thirty-two characters';

describe('the tokens of the benchmarks', () => {
  it('are such as Talegraph verifies', () => {
    const token = signToken({ sid: 7, uid: 3 }, 60, SECRET);
    expect(new JwtService({ secret: SECRET }).verify(token)).toMatchObject({ sid: 7 });
    expect(claimsOf(token, SECRET)).toMatchObject({ sid: 7, uid: 3 });
  });

  it('are refused when changed, signed by others, or expired', () => {
    const token = signToken({ uid: 3 }, 60, SECRET);
    const [head, , signature] = token.split('.');
    const [, claims] = signToken({ uid: 4 }, 60, SECRET).split('.');
    for (const bad of [
      ...[`${head}.${claims}.${signature}`, signToken({ uid: 3 }, 60, 'another')],
      ...[signToken({ uid: 3 }, -1, SECRET), `${head}.${claims}.`, ''],
    ])
      expect(claimsOf(bad, SECRET)).toBeUndefined();
  });
});
