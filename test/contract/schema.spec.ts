import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  isEnumType,
  isInputObjectType,
  isObjectType,
  printSchema,
  type GraphQLSchema,
} from 'graphql';
import { projectRoot } from '../../src/config/project-root.js';
import { ErrorCode } from '../../src/graphql/error-code.js';
import { startApp, type TestApp } from '../support/app.js';

const FILE = join(projectRoot, 'schema.graphql');

describe('the schema', () => {
  let talegraph: TestApp;
  let schema: GraphQLSchema;
  beforeAll(async () => {
    talegraph = await startApp();
    schema = talegraph.app.get(GraphQLSchemaHost).schema;
  });
  afterAll(() => talegraph.close());

  it('is what schema.graphql says (npm run schema writes it)', () => {
    const printed = `${printSchema(schema)}\n`;
    if (process.env.UPDATE_SCHEMA !== undefined) writeFileSync(FILE, printed);
    expect(printed).toBe(readFileSync(FILE, 'utf8'));
  });

  it('describes every type, field, argument and enum value', () => {
    expect(undescribed(schema)).toEqual([]);
  });

  it('documents every error code', () => {
    const documented = schema.getType('ErrorCode');
    const names = isEnumType(documented) ? documented.getValues().map(({ name }) => name) : [];
    expect(names.sort()).toEqual(Object.values(ErrorCode).sort());
  });
});

function undescribed(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  return types.flatMap((type) => {
    const lacking = (name: string, description?: string | null) => (description ? [] : [name]);
    const roots = [schema.getQueryType(), schema.getMutationType()];
    const own = roots.includes(type as never) ? [] : lacking(type.name, type.description);
    if (isEnumType(type)) {
      return [
        ...own,
        ...type
          .getValues()
          .flatMap((value) => lacking(`${type.name}.${value.name}`, value.description)),
      ];
    }
    if (isInputObjectType(type)) {
      return [
        ...own,
        ...Object.values(type.getFields()).flatMap((field) =>
          lacking(`${type.name}.${field.name}`, field.description),
        ),
      ];
    }
    if (!isObjectType(type)) return own;
    return [
      ...own,
      ...Object.values(type.getFields()).flatMap((field) => [
        ...lacking(`${type.name}.${field.name}`, field.description),
        ...field.args.flatMap((argument) =>
          lacking(`${type.name}.${field.name}(${argument.name})`, argument.description),
        ),
      ]),
    ];
  });
}
