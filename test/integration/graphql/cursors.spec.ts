import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { LIST_NAMES, newLists, type List } from './lists.js';

const REFUSED = {
  code: 'BAD_USER_INPUT',
  fields: [{ path: 'after', message: 'must be a cursor that this list returned' }],
};

const isRefused = (answer: unknown) => JSON.stringify(answer) === JSON.stringify(REFUSED);

const encode = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');

const isDate = (key: unknown) => /^\d{4}-\d\d-\d\dT/.test(String(key));

const replaced = (keys: readonly unknown[], isMeant: (key: unknown) => boolean, value: unknown) =>
  keys.map((key) => (isMeant(key) ? value : key));

const decode = (cursor: string) =>
  JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];

/** What somebody might make of a cursor that holds these sort keys. */
function tampered(cursor: string): unknown[] {
  const keys = decode(cursor);
  const [last, ...others] = keys.toReversed();
  const withLast = (value: unknown) => [...others.toReversed(), value];
  const dates = ['1', '', 'yesterday', '2026-02-30T00:00:00Z', '+275760-09-13T00:00:00Z'];
  return [
    [],
    null,
    {},
    keys[0],
    [...keys, last],
    ...[1.5, 1e300, String(last), null, true, [last]].map(withLast),
    ...(keys.some(isDate) ? dates.map((date) => replaced(keys, isDate, date)) : []),
  ];
}

describe('a cursor', () => {
  let talegraph: TestApp;
  let lists: ReadonlyMap<string, List>;
  beforeAll(async () => {
    talegraph = await startApp();
    lists = new Map((await newLists(talegraph)).map((list) => [list.name, list]));
  });
  afterAll(() => talegraph.close());

  const cursorOf = async (list: List) => (await list.read({ first: 1 })).pageInfo.endCursor!;

  it.each(LIST_NAMES)('that is made up is refused by %s', async (name) => {
    for (const after of ['', 'garbage', '%%%', '🦊', 'W10', 'x'.repeat(10_000)]) {
      expect(await lists.get(name)!.refusal({ after })).toEqual(REFUSED);
    }
  });

  it.each(LIST_NAMES)('that was tampered with is refused by %s', async (name) => {
    const list = lists.get(name)!;
    const others: unknown[] = [];
    for (const content of tampered(await cursorOf(list))) {
      const answer = await list.refusal({ after: encode(content) });
      if (!isRefused(answer)) others.push({ content, answer });
    }
    expect(others).toEqual([]);
  });

  it.each(['stories by POPULAR', 'leaderboard'])(
    'with a count that no number of things is, is refused by %s',
    async (name) => {
      const list = lists.get(name)!;
      const keys = decode(await cursorOf(list));
      for (const count of [1.5, 1e300, -1e300]) {
        const content = keys.with(-2, count);
        expect([content, await list.refusal({ after: encode(content) })]).toEqual([
          content,
          REFUSED,
        ]);
      }
    },
  );

  it.each(LIST_NAMES)('of another list is refused by %s', async (name) => {
    const others: unknown[] = [];
    for (const other of lists.values()) {
      if (other.name === name) continue;
      const answer = await lists.get(name)!.refusal({ after: await cursorOf(other) });
      if (!isRefused(answer)) others.push({ of: other.name, answer });
    }
    expect(others).toEqual([]);
  });
});
