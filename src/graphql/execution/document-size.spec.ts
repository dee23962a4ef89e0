import { describe, expect, it } from '@jest/globals';
import { getOperationAST, parse } from 'graphql';
import { bytesOf, fieldsIn } from './document-size.js';

describe('a document', () => {
  it('takes memory by its tokens, and by its text', () => {
    const short = bytesOf(parse('{ a b }'));
    expect(bytesOf(parse('{a b c}'))).toBe(short + 500);
    expect(bytesOf(parse(`{ a ${'b'.repeat(1001)} }`))).toBe(short + 2000);
    expect(bytesOf(parse(`{ a b }#${'x'.repeat(999)}`))).toBe(short + 2500);
  });

  it.each([
    ['{ a b { c } }', 3],
    ['{ a { ...F } b { ...F } } fragment F on A { c d { ...G } } fragment G on A { e }', 8],
    ['{ a { ... on B { c ... { d } } } }', 3],
    ['query { a ...F } fragment F on Query { b } fragment G on Query { c }', 2],
  ])('has as many fields as its fragments are spread: %s', (text, fields) => {
    const document = parse(text);
    expect(fieldsIn(document, getOperationAST(document)!)).toBe(fields);
  });
});
