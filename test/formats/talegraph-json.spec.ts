import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { projectRoot } from '../../src/config/project-root.js';
import {
  readTalegraphJson,
  talegraphJsonSchema,
  writeTalegraphJson,
} from '../../src/publishing/formats/json/talegraph-json.js';
import { anyDocument } from '../support/document-arbitrary.js';

const FILE = join(projectRoot, 'story.schema.json');

const problemsOf = (text: string) => {
  const { stories, problems } = readTalegraphJson(text);
  return [...problems, ...stories.flatMap((story) => story.problems)].map(
    ({ place, message }) => `${place?.line}:${place?.column} ${message}`,
  );
};

describe('Talegraph JSON', () => {
  it('comes out again exactly as it went in', () => {
    fc.assert(
      fc.property(fc.array(anyDocument, { maxLength: 3 }), (documents) => {
        const { stories, problems } = readTalegraphJson(writeTalegraphJson(documents));
        expect(problems).toEqual([]);
        expect(stories.flatMap((story) => story.problems)).toEqual([]);
        expect(stories.map(({ story }) => story)).toEqual(documents);
      }),
      { numRuns: 200 },
    );
  });

  it('may be a single story', () => {
    const { stories } = readTalegraphJson('\uFEFF{ "title": " Alone ", "nodes": [] }');
    expect(stories.map(({ story, title }) => [story, title])).toEqual([
      [{ title: 'Alone', nodes: [] }, 'Alone'],
    ]);
  });

  it('is described by story.schema.json (npm run schema writes it)', () => {
    const schema = `${JSON.stringify(talegraphJsonSchema(), undefined, 2)}\n`;
    if (process.env.UPDATE_SCHEMA !== undefined) writeFileSync(FILE, schema);
    expect(schema).toBe(readFileSync(FILE, 'utf8'));
  });

  it('is refused with the place of every error of syntax', () => {
    expect(problemsOf('{\n  "title": "A",,\n  "nodes": [}\n')).toEqual([
      '2:16 This is no JSON: the name of a property, in double quotes, is missing',
      '3:13 This is no JSON: a value is missing',
      '4:1 This is no JSON: a ] is missing',
    ]);
    expect(problemsOf('{ "title": "A",\n  "nodes": [], \n}')).toEqual([
      '2:14 This is no JSON: a comma too many',
    ]);
    expect(problemsOf('')).toEqual(['1:1 This is no JSON: a value is missing']);
    expect(problemsOf('[]')).toEqual(['1:1 The file must be an object']);
  });

  it('is refused with the place of everything that does not fit, all at once', () => {
    const text = `{
  "title": "",
  "colour": "red",
  "nodes": [
    { "key": "a b", "title": "One", "content": 5, "type": "room" },
    { "key": "2", "content": "", "type": "story",
      "choices": [
        { "text": "Go", "effects": [{ "op": "fly", "target": "x" }], "afterSeconds": 0 },
        { "text": "Stay", "puzzle": { "kind": "text", "answers": [] } }
      ] }
  ],
  "schema": { "variables": [{ "name": "in", "type": "int", "initial": null }] }
}`;
    expect(problemsOf(text).sort()).toEqual(
      [
        '2:12 title: must not be empty, nor have more than 200 characters',
        '3:13 colour: is no field that belongs here',
        '5:14 nodes.0.key: must have 1 to 32 letters, digits, _ . or -, and begin with a letter or digit',
        '5:48 nodes.0.content: must be a text',
        '5:59 nodes.0.type: must be story, choice or ending',
        '6:5 nodes.1.title: is missing',
        '8:45 nodes.1.choices.0.effects.0.op: must have an op of set, add, sub, give, take, toggle, award, unlock',
        '8:86 nodes.1.choices.0.afterSeconds: must be 1 or more',
        '9:66 nodes.1.choices.1.puzzle.answers: must have 1 or more',
        '12:39 schema.variables.0.name: means something already; choose another name',
        '12:71 schema.variables.0.initial: must be a number, true or false, or a text of at most 1000 characters',
      ].sort(),
    );
  });

  it('tells what may have been meant', () => {
    const node = { key: 'a', title: 'A', content: '', type: 'choise', stert: true };
    expect(problemsOf(JSON.stringify({ title: 'A', nodes: [node] }))).toEqual([
      '1:66 nodes.0.type: must be story, choice or ending. Did you mean choice?',
      '1:83 nodes.0.stert: is no field that belongs here. Did you mean start?',
    ]);
  });

  it('takes no field twice, no other version and no text that cannot be kept', () => {
    expect(problemsOf('{ "title": "A",\n "title": "B", "nodes": [] }')).toEqual([
      '2:2 "title" is there twice; keep one',
    ]);
    expect(problemsOf('{ "format": "tale", "version": 2,\n "stories": {}, "x": 1 }')).toEqual([
      '2:22 x: is no field that belongs here',
      '1:13 format: must be "talegraph"',
      '1:32 version: must be 1, the only one there is',
      '2:13 stories: must be a list',
    ]);
    expect(problemsOf('{ "title": "A\\u0000", "nodes": [] }')).toEqual([
      '1:12 title: has a NUL character, or half of a surrogate pair; take it out',
    ]);
    expect(problemsOf('{ "title": "\\ud800", "nodes": [] }')).toEqual([
      '1:12 title: has a NUL character, or half of a surrogate pair; take it out',
    ]);
  });

  it('reads the other stories of a file where one has an error', () => {
    const { stories } = readTalegraphJson(
      '{"format":"talegraph","version":1,"stories":[{"title":"A","nodes":[]},{"nodes":[]}]}',
    );
    expect(
      stories.map(({ title, story, problems }) => [title, story !== undefined, problems.length]),
    ).toEqual([
      ['A', true, 0],
      ['Story 2', false, 1],
    ]);
  });

  it('tells the place of a word within a text, escapes and all', () => {
    const [story] = readTalegraphJson('{"title":"a\\n\\u00e9 \\"gold","nodes":[]}').stories;
    const within = { text: 'a\né "gold', place: { line: 2, column: 4 } };
    expect(story!.placeOf(['title'], within)).toEqual({ line: 1, column: 23 });
  });
});
