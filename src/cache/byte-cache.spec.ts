import { beforeEach, describe, expect, it } from '@jest/globals';
import { ByteCache, textLength } from './byte-cache.js';

describe('a cache of bytes', () => {
  let cache: ByteCache<string>;
  const keep = (key: string, value: string, tags: number[]) => {
    cache.set(key, value, { length: value.length, tags }, cache.forgotten);
  };

  beforeEach(() => {
    cache = new ByteCache<string>({ name: 'texts', ttl: 0, mostBytes: 10_000 });
  });

  it('forgets what was made of a thing, and nothing else', () => {
    keep('a', 'of both', [1, 2]);
    keep('b', 'of one', [2]);
    cache.forget(1);
    expect([cache.get('a'), cache.get('b')]).toEqual([undefined, 'of one']);
  });

  it('knows what an entry is made of that was overwritten', () => {
    keep('a', 'old', [1, 2]);
    keep('a', 'new', [2, 3]);
    cache.forget(1);
    expect(cache.get('a')).toBe('new');
    cache.forget(3);
    expect(cache.get('a')).toBeUndefined();
  });

  it('keeps nothing that is made of what is too old', () => {
    const brief = new ByteCache<string>({ name: 'brief', ttl: 10_000, mostBytes: 10_000 });
    for (const age of [5000, 20_000]) {
      const made = { length: 1, tags: [], since: performance.now() - age };
      brief.set(String(age), 'value', made, 0);
    }
    expect([brief.get('5000'), brief.get('20000')]).toEqual(['value', undefined]);
  });

  it('takes a character for two bytes where any is not Latin-1, as V8 does', () => {
    expect(['plain', 'café', 'caf→', '😀'].map(textLength)).toEqual([5, 4, 8, 4]);
  });
});
