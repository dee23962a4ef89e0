import { describe, expect, it } from '@jest/globals';
import { buildSchema, graphql } from 'graphql';
import { asksFor, asksOfItems, type Selection } from './selection.js';

const schema = buildSchema(`
  type Query { list: List }
  type List { nodes: [Item] edges: [Edge] }
  type Edge { node: Item }
  type Item { title: String author: Author }
  type Author { name: String }
`);

/** What the resolver of `list` is told in a query. */
async function selectionIn(source: string, variableValues: Record<string, unknown> = {}) {
  let told: Selection | undefined;
  const rootValue = {
    list: (_: unknown, __: unknown, info: Selection) => {
      told = info;
      return null;
    },
  };
  expect(await graphql({ schema, source, rootValue, variableValues })).toEqual({
    data: expect.anything(),
  });
  return told!;
}

describe('the selection of a field', () => {
  it.each([
    ['{ list { nodes { author { name } } } }', true],
    ['{ list { nodes { title } } }', false],
    ['{ list { edges { node { author { name } } } } }', true],
    ['{ some: list { all: nodes { writer: author { name } } } }', true],
    ['{ list { nodes { author: title } } }', false],
    ['{ list { ... { nodes { ... on Item { author { name } } } } } }', true],
    [
      '{ list { ...L } } fragment L on List { nodes { ...I } } fragment I on Item { author { name } }',
      true,
    ],
    ['{ list { nodes { title } } list { nodes { author { name } } } }', true],
    ['{ list { nodes { title } nodes { author { name } } } }', true],
    ['{ list { nodes { title author @skip(if: true) { name } } } }', false],
    ['{ list { nodes @include(if: false) { author { name } } edges { node { title } } } }', false],
  ])('%s asks for authors: %p', async (source, expected) => {
    expect(asksOfItems(await selectionIn(source), 'author')).toBe(expected);
  });

  it.each([true, false])('goes by variables: %p', async (with_) => {
    const source = `query ($with: Boolean!) { list { nodes { title ...A @include(if: $with) } } }
      fragment A on Item { author { name } }`;
    const selection = await selectionIn(source, { with: with_ });
    expect(asksFor(selection, 'nodes', 'author', 'name')).toBe(with_);
    expect(asksFor(selection, 'nodes', 'title')).toBe(true);
  });
});
