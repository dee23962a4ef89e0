import { describe, expect, it } from '@jest/globals';
import { GraphQLID, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { assertAffordable } from './complexity.js';

let estimated = 0;
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      story: {
        type: GraphQLString,
        args: { id: { type: GraphQLID } },
        extensions: { complexity: () => (estimated += 1) },
      },
    },
  }),
});

describe('the estimate of an operation', () => {
  const document = parse('query ($id: ID) { story(id: $id) }');
  const estimates = (id: string) => {
    const before = estimated;
    for (let i = 0; i < 3; i++) assertAffordable(schema, document, { variables: { id } });
    return estimated - before;
  };

  it('is kept for each value of the variables that decide it', () => {
    expect(estimates('one')).toBe(1);
    expect(estimates('two')).toBe(1);
    expect(estimates('one')).toBe(0);
  });

  it('is not kept for long ones', () => {
    expect(estimates('x'.repeat(1000))).toBe(3);
  });
});
