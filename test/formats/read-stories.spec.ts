import { describe, expect, it } from '@jest/globals';
import { formatOf, readStories } from '../../src/publishing/formats/read-stories.js';

describe('the format of a file', () => {
  it.each([
    ['talegraph-json', '\uFEFF { "format": "talegraph", "version": 1, "stories": [] }'],
    ['talegraph-json', '{ "title": "A", "nodes": [], "twine": { "story": { "passages": [] } } }'],
    ['twine-json', '{ "name": "A", "passages": [{ "text": "say \\"nodes\\": 1" }] }'],
    ['csv', 'row,title\nstory,":: A"\n:: B'],
    ['csv', 'title;"row"\r\nA;story'],
    ['twee', '\n:: Start\nA row, a title\n'],
    ['twine-html', '<!DOCTYPE html><html><tw-storydata name="A"></tw-storydata></html>'],
    [undefined, 'Once upon a time, a row of trees'],
    [undefined, ''],
  ])('is found to be %s', (format, file) => {
    expect(formatOf(file)).toBe(format);
  });

  it('may be told instead', () => {
    expect(readStories('Once upon a time').problems).toEqual([
      { severity: 'error', message: 'The format of this file is not known; say which it is.' },
    ]);
    expect(readStories('{}', 'csv').problems.at(-1)!.message).toBe(
      'The first line must name the columns, and row among them.',
    );
  });
});
