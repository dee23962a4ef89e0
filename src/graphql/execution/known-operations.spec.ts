import { describe, expect, it } from '@jest/globals';
import { GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import type { RequestContext } from '../context.js';
import { CompiledQueries } from './compiled-queries.js';
import { KnownOperations } from './known-operations.js';

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { stack: { type: GraphQLString, resolve: () => new Error().stack } },
  }),
});

/** Which executor has answered each time that a document was asked for. */
async function executors(source: string, times: number): Promise<string[]> {
  const known = new KnownOperations(schema, new CompiledQueries(schema));
  const document = parse(source);
  const context = { req: {} } as RequestContext;
  const seen: string[] = [];
  for (let i = 0; i < times; i++) {
    const { data } = await known.execute({ document, source, request: {}, context });
    const isInterpreted = String(data?.stack).includes('node_modules/graphql/execution');
    seen.push(isInterpreted ? 'js' : 'jit');
  }
  return seen;
}

describe('an operation that Apollo lets through', () => {
  it('is compiled the second time', async () => {
    expect(await executors('{ stack }', 3)).toEqual(['js', 'jit', 'jit']);
  });

  it('is never compiled where its text is longer than 4 KiB', async () => {
    const ofLength = (length: number) => '{ stack }'.padEnd(length);
    expect(await executors(ofLength(4096), 2)).toEqual(['js', 'jit']);
    expect(await executors(ofLength(4097), 3)).toEqual(['js', 'js', 'js']);
  });
});
