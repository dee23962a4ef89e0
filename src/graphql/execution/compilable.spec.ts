import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { isCompilable } from './compilable.js';

describe('a document', () => {
  it.each([
    '{ a b: a(n: 1) { c } }',
    'query ($n: Int) { a(n: $n) { ...F } } fragment F on A { c ... on B { d } }',
    'mutation ($input: I!) { a(input: $input) { b } }',
    '{ a(wish: { list: [1, { n: 2 }] }) }',
  ])('can be compiled: %s', (text) => {
    expect(isCompilable(parse(text))).toBe(true);
  });

  it.each([
    'mutation { a { c } b { c } }',
    'mutation { ...F } fragment F on Mutation { a { c } b { c } }',
    'query ($n: Int) { a(wish: { n: $n }) }',
    'query ($n: Int) { a(list: [1, $n]) }',
    'query ($n: Int) { a(wish: { deep: [{ n: $n }] }) }',
    'query ($yes: Boolean!) { a @include(if: $yes) }',
    'query ($yes: Boolean!) { ...F @include(if: $yes) } fragment F on Query { a }',
    'query ($yes: Boolean!) { ... on Query @skip(if: $yes) { a } }',
  ])('cannot be compiled: %s', (text) => {
    expect(isCompilable(parse(text))).toBe(false);
  });
});
