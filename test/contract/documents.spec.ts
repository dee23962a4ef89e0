import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, isEnumType, parse, validate } from 'graphql';
import { projectRoot } from '../../src/config/project-root.js';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
const schema = buildSchema(read('schema.graphql'));
const DOCUMENTS = [
  'README.md',
  ...readdirSync(join(projectRoot, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Every operation that a document shows: in its blocks of GraphQL, and those that its shell commands send. */
function operationsIn(document: string): string[] {
  const blocks = Array.from(document.matchAll(/^```graphql\n([^]*?)^```/gm), ([, code]) => code!);
  const commands = Array.from(
    document.matchAll(/\bgql (?:'([^']*)'|"((?:\\.|[^"\\])*)")/g),
    ([, plain, quoted]) => plain ?? quoted!.replaceAll('\\"', '"'),
  );
  return [...blocks, ...commands];
}

describe.each(DOCUMENTS)('%s', (path) => {
  it('shows operations that the schema has', () => {
    const faults = operationsIn(read(path)).flatMap((operation) =>
      validate(schema, parse(operation)).map(({ message }) => ({ operation, message })),
    );
    expect(faults).toEqual([]);
  });
});

it('the documents show operations', () => {
  expect(DOCUMENTS.flatMap((path) => operationsIn(read(path))).length).toBeGreaterThan(80);
});

it('every code of findings is told of in the API guide', () => {
  const codes = schema.getType('FindingCode');
  if (!isEnumType(codes)) throw new Error('There is no FindingCode.');
  const guide = read('docs/api.md');
  const untold = codes.getValues().filter(({ name }) => !guide.includes(`\`${name}\``));
  expect(untold.map(({ name }) => name)).toEqual([]);
});
