import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { Kind, parse, specifiedRules, validate, type GraphQLEnumType } from 'graphql';
import { EMPTY_ENVIRONMENT, EXAMPLES, KEEP_FOR_NEXT } from '../../../src/graphql/ide/examples.js';
import { limitRules } from '../../../src/graphql/limits.js';
import { startApp, type TestApp } from '../../support/app.js';
import { postGraphql } from '../../support/http.js';

const WINDOWS = EXAMPLES.map((example) => [example.name, example] as const);

const operationsOf = (query: string): string[] =>
  parse(query).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? definition.name!.value : [],
  );

describe('the window of examples', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory } = talegraph;
    await factory.newStory(await factory.newAuthor(), { title: 'The Dark Forest' });
  });
  afterAll(() => talegraph.close());

  it.each(WINDOWS)('"%s" fits the schema and the limits', (_, { query }) => {
    const { schema } = talegraph.app.get(GraphQLSchemaHost);
    expect(validate(schema, parse(query), [...specifiedRules, ...limitRules])).toEqual([]);
  });

  it('names every order of stories', () => {
    const { schema } = talegraph.app.get(GraphQLSchemaHost);
    const orders = (schema.getType('StoryOrder') as GraphQLEnumType).getValues();
    const [, named = ''] = /orderBy is (.*)/.exec(EXAMPLES.map(({ query }) => query).join()) ?? [];
    expect([...named.matchAll(/[A-Z_]{2,}/g)].map(([name]) => name).sort()).toEqual(
      orders.map(({ name }) => name).sort(),
    );
  });

  it.each(WINDOWS)('"%s" can be run from the top without copying anything', async (_, example) => {
    const environment: Record<string, string> = { ...EMPTY_ENVIRONMENT };
    const filled = (text: string) =>
      text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => environment[name] ?? whole);
    const setEnvironment = (name: string, value: string) => (environment[name] = value);

    for (const operationName of operationsOf(example.query)) {
      const { body } = await postGraphql(
        talegraph.url,
        { query: example.query, operationName, variables: JSON.parse(filled(example.variables)) },
        { authorization: filled('Bearer {{accessToken}}') },
      );
      expect({ operationName, errors: body.errors }).toEqual({ operationName, errors: undefined });
      await runInNewContext(`(async () => {${KEEP_FOR_NEXT}})()`, {
        altair: { response: { body: JSON.stringify(body) }, helpers: { setEnvironment } },
      });
    }
  });
});
