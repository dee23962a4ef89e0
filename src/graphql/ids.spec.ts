import { describe, expect, it } from '@jest/globals';
import { ApiError } from './errors.js';
import { decodeId, encodeId, type IdKind } from './ids.js';

const IDS: readonly (readonly [IdKind, string])[] = [
  ['user', 'usr_7'],
  ['session', 'ses_7'],
  ['story', 'sty_7'],
  ['node', 'nod_7'],
  ['choice', 'cho_7'],
  ['version', 'ver_7'],
  ['progress', 'prg_7'],
];

/** The details of the error that `work` throws. */
function refusal(work: () => unknown): unknown {
  try {
    return { returned: work() };
  } catch (error) {
    if (error instanceof ApiError) return error.extensions;
    throw error;
  }
}

describe('the id', () => {
  it.each(IDS)('of a %s is %s', (kind, id) => {
    expect(encodeId(kind, 7)).toBe(id);
    expect(decodeId(kind, id, 'id')).toBe(7);
  });

  it.each(IDS)('of a %s is that of no other kind', (kind) => {
    for (const [other, id] of IDS.filter(([candidate]) => candidate !== kind)) {
      expect([other, refusal(() => decodeId(kind, id, 'input.place'))]).toEqual([
        other,
        {
          code: 'BAD_USER_INPUT',
          fields: [
            { path: 'input.place', message: `must be the id of a ${kind}, as the API returned it` },
          ],
        },
      ]);
    }
  });

  it('holds keys up to 15 digits, which a number holds exactly', () => {
    expect(decodeId('story', 'sty_999999999999999', 'id')).toBe(999_999_999_999_999);
    expect(encodeId('story', 999_999_999_999_999)).toBe('sty_999999999999999');
  });

  it.each([
    '',
    'sty',
    'sty_',
    '7',
    'sty_0',
    'sty_07',
    'sty_-7',
    'sty_+7',
    'sty_7.0',
    'sty_7e2',
    'sty_0x7',
    'sty_٧',
    'sty_7 ',
    ' sty_7',
    'sty_7\n',
    'xsty_7',
    'STY_7',
    'sty_1000000000000000',
    `sty_${'9'.repeat(400)}`,
  ])('is not %j', (id) => {
    expect(refusal(() => decodeId('story', id, 'id'))).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
