import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { atOnce, codesOf, dataOf } from '../../support/at-once.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const CREATE = `mutation ($input: CreateStoryInput!) {
  createStory(input: $input) {
    id slug title description category difficultyLevel tags language spoilerGuard
    isPublished publishedAt playCount averageRating ratingCount revision
    author { username }
    draft { isEmpty }
  }
}`;

const DETAILS = {
  title: 'A Title',
  description: 'What it is about.',
  category: 'fantasy',
  difficultyLevel: 'MEDIUM',
};

describe('createStory', () => {
  let talegraph: TestApp;
  let author: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
    author = talegraph.client.as((await talegraph.factory.newAuthor('maren')).token);
  });
  afterAll(() => talegraph.close());

  const slugOf = async (input: object): Promise<string> =>
    (await author.get(CREATE, { input: { ...DETAILS, ...input } })).createStory.slug;

  it('creates an empty draft with the details given, and defaults for the rest', async () => {
    const { createStory } = await author.get(CREATE, {
      input: { ...DETAILS, title: '  Salt and Ash ', category: ' Science-Fiction ' },
    });
    expect(createStory).toEqual({
      id: expect.stringMatching(/^sty_\d+$/),
      slug: 'salt-and-ash',
      title: 'Salt and Ash',
      description: 'What it is about.',
      category: 'science-fiction',
      difficultyLevel: 'MEDIUM',
      tags: [],
      language: 'en',
      spoilerGuard: false,
      isPublished: false,
      publishedAt: null,
      playCount: 0,
      averageRating: null,
      ratingCount: 0,
      revision: 1,
      author: { username: 'maren' },
      draft: { isEmpty: true },
    });
  });

  it.each([
    ['Crème Brûlée à la Façade', 'creme-brulee-a-la-facade'],
    ['El Niño y la Última Señal', 'el-nino-y-la-ultima-senal'],
    ['Łódź: žluťoučký kůň!', 'lodz-zlutoucky-kun'],
    ['  100% -- Dark & Stormy?  ', '100-dark-and-stormy'],
    ['東京', 'story'],
  ])('makes of the title %j the slug %j', async (title, slug) => {
    expect(await slugOf({ title })).toBe(slug);
  });

  it('keeps the slug of the longest title within 80 characters', async () => {
    const title = 'ab '.repeat(66) + 'ab';
    for (const slug of [await slugOf({ title }), await slugOf({ title })]) {
      expect(slug).toMatch(/^ab(-[ab0-9]+)+$/);
      expect(slug.length).toBeLessThanOrEqual(80);
    }
  });

  it('numbers the slugs of stories with the same title from 2 on', async () => {
    expect(await slugOf({ title: 'The Well' })).toBe('the-well');
    expect(await slugOf({ title: 'The Well' })).toBe('the-well-2');
    expect(await slugOf({ title: 'the WELL!' })).toBe('the-well-3');
  });

  it('passes over numbered slugs that somebody has chosen', async () => {
    expect(await slugOf({ slug: 'mine-2' })).toBe('mine-2');
    expect(await slugOf({ title: 'Mine' })).toBe('mine');
    expect(await slugOf({ title: 'Mine' })).toBe('mine-3');
  });

  it('gives 20 stories that are created at the same time under one title 20 slugs', async () => {
    const input = { ...DETAILS, title: 'Rush' };
    const answers = await atOnce(author, 20, CREATE, () => ({ input }));
    expect(codesOf(answers)).toEqual([]);
    const slugs = dataOf(answers).map(({ createStory }): string => createStory.slug);
    expect(new Set(slugs).size).toBe(20);
    expect(slugs).toContain('rush');
    for (const slug of slugs) expect(slug).toMatch(/^rush(-\d+)?$/);
  });

  it('refuses a chosen slug that is taken, and writes nothing', async () => {
    await slugOf({ slug: 'chosen' });
    const before = await fingerprint(talegraph.database);
    const { extensions } = await author.fail(CREATE, { input: { ...DETAILS, slug: 'chosen' } });
    expect(extensions).toEqual({
      code: 'CONFLICT',
      fields: [{ path: 'input.slug', message: 'is taken; choose another' }],
    });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('trims tags, puts them in lower case and drops repeated ones, in their order', async () => {
    const { createStory } = await author.get(CREATE, {
      input: { ...DETAILS, tags: [' Sea ', 'sea', 'Time Travel', 'SEA', 'été', 'time travel'] },
    });
    expect(createStory.tags).toEqual(['sea', 'time travel', 'été']);
  });

  it('counts tags after dropping repeated ones', async () => {
    const tags = Array.from({ length: 10 }, (_, i) => `tag ${i}`);
    const { createStory } = await author.get(CREATE, {
      input: { ...DETAILS, tags: [...tags, 'TAG 0', 'Tag 1'] },
    });
    expect(createStory.tags).toEqual(tags);
  });

  it('tells everything that is wrong at once, each by its path, and writes nothing', async () => {
    const before = await fingerprint(talegraph.database);
    const { extensions, message } = await author.fail(CREATE, {
      input: {
        title: '   ',
        description: 'x'.repeat(2001),
        category: 'two words',
        difficultyLevel: 'EASY',
        tags: ['fine', '!', 'x'.repeat(31)],
        language: 'english',
        spoilerGuard: null,
        slug: 'Not A Slug',
      },
    });
    expect(extensions.code).toBe('BAD_USER_INPUT');
    const problems = extensions.fields as { path: string; message: string }[];
    expect(Object.fromEntries(problems.map((problem) => [problem.path, problem.message]))).toEqual({
      'input.title': 'must not be empty, nor have more than 200 characters',
      'input.description': 'must not be empty, nor have more than 2000 characters',
      'input.category': 'must be lower-case letters and digits, in words joined by hyphens',
      'input.tags': 'each tag must have 1 to 30 letters, digits, spaces or hyphens',
      'input.language': 'must be a BCP 47 tag, such as en or pt-BR',
      'input.spoilerGuard': 'must be true or false',
      'input.slug':
        'must be 1 to 80 lower-case letters and digits, in words joined by single hyphens',
    });
    expect(problems).toHaveLength(7);
    for (const problem of problems)
      expect(message).toContain(`${problem.path}: ${problem.message}`);
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('names a required field that is missing', async () => {
    const { title: _, ...rest } = DETAILS;
    const { extensions } = await author.fail(CREATE, { input: rest });
    expect(extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.title' }],
    });
  });
});
