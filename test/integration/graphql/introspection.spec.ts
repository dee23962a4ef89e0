import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  buildClientSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { startApp, type TestApp } from '../../support/app.js';
import { postGraphql } from '../../support/http.js';

describe('introspection', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it.each([
    ['plain', {}],
    [
      'with all that tools ask for',
      {
        descriptions: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      },
    ],
  ])('is answered in full within the limits: %s', async (_, options) => {
    const { status, body } = await postGraphql(talegraph.url, {
      query: getIntrospectionQuery(options),
    });
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
    const { schema } = talegraph.app.get(GraphQLSchemaHost);
    expect(printSchema(lexicographicSortSchema(buildClientSchema(body.data)))).toBe(
      printSchema(lexicographicSortSchema(schema)),
    );
  });
});
