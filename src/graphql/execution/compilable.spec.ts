import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { isCompilable } from './compilable.js';

describe('a document', () => {
  it.each([
    '{ a b: a(n: 1) { c } }',
    'query ($n: Int) { a(n: $n) @skip(if: true) { ...F } } fragment F on A { c ... on B { d } }',
    'mutation ($input: I!, $yes: Boolean!) { a(input: $input) { b @include(if: $yes) } }',
    '{ a(wish: { list: [1, { n: 2 }] }) }',
  ])('can be compiled: %s', (text) => {
    expect(isCompilable(parse(text))).toBe(true);
  });

  it.each([
    'query ($n: Int) { a(wish: { n: $n }) }',
    'query ($n: Int) { a(list: [1, $n]) }',
    'query ($n: Int) { a(wish: { deep: [{ n: $n }] }) }',
    'query ($yes: Boolean!) { ...F @include(if: $yes) } fragment F on Query { a }',
    'query ($yes: Boolean!) { ... on Query @skip(if: $yes) { a } }',
  ])('cannot be compiled: %s', (text) => {
    expect(isCompilable(parse(text))).toBe(false);
  });
});
