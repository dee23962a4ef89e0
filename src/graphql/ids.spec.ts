import { describe, expect, it } from '@jest/globals';
import { ApiError } from './errors.js';
import { decodeId, encodeId, type IdKind } from './ids.js';

const IDS: readonly (readonly [IdKind, string, string])[] = [
  ['user', 'usr_7', 'a user'],
  ['session', 'ses_7', 'a session'],
  ['story', 'sty_7', 'a story'],
  ['node', 'nod_7', 'a node'],
  ['choice', 'cho_7', 'a choice'],
  ['version', 'ver_7', 'a version'],
  ['progress', 'prg_7', 'a playthrough'],
  ['import', 'imp_7', 'an import'],
  ['invitation', 'inv_7', 'an invitation'],
  ['upload', 'upl_7', 'an upload'],
  ['media', 'med_7', 'a medium'],
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

  it.each(IDS)('of a %s is that of no other kind', (kind, _, what) => {
    for (const [other, id] of IDS.filter(([candidate]) => candidate !== kind)) {
      expect([other, refusal(() => decodeId(kind, id, 'input.place'))]).toEqual([
        other,
        {
          code: 'BAD_USER_INPUT',
          fields: [
            { path: 'input.place', message: `must be the id of ${what}, as the API returned it` },
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
