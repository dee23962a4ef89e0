import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { atOnce, codesOf, dataOf } from '../../support/at-once.js';
import type { MadeStory } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const FIELDS = `id slug title description category difficultyLevel tags language spoilerGuard
  isPublished publishedAt playCount averageRating ratingCount revision createdAt updatedAt`;
const UPDATE = `mutation ($id: ID!, $input: UpdateStoryInput!) {
  updateStory(id: $id, input: $input) { ${FIELDS} }
}`;
const STORY = `query ($id: ID, $slug: String) { story(id: $id, slug: $slug) { ${FIELDS} } }`;

describe('updateStory', () => {
  let talegraph: TestApp;
  let author: GraphqlClient;
  let newStory: (title: string) => Promise<MadeStory>;
  beforeAll(async () => {
    talegraph = await startApp();
    const person = await talegraph.factory.newAuthor();
    author = talegraph.client.as(person.token);
    newStory = (title) => talegraph.factory.newStory(person, { title, tags: ['first'] });
  });
  afterAll(() => talegraph.close());

  it('changes what is given, leaves the rest, and counts the revision up', async () => {
    const { id } = await newStory('Before');
    const { story: before } = await author.get(STORY, { id });
    const { updateStory } = await author.get(UPDATE, {
      id,
      input: { revision: 1, title: 'After', difficultyLevel: 'HARD', tags: [' New ', 'new'] },
    });
    expect(updateStory).toEqual({
      ...before,
      title: 'After',
      difficultyLevel: 'HARD',
      tags: ['new'],
      revision: 2,
      updatedAt: expect.any(String),
    });
    expect(Date.parse(updateStory.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    expect((await author.get(STORY, { id })).story).toEqual(updateStory);
  });

  it('moves the story to a new slug, and leaves the old one free', async () => {
    const { id, slug } = await newStory('Moving');
    await author.get(UPDATE, { id, input: { revision: 1, slug: 'moved' } });
    expect((await author.get(STORY, { slug: 'moved' })).story.id).toBe(id);
    expect((await author.fail(STORY, { slug })).extensions.code).toBe('NOT_FOUND');
  });

  it('refuses a change on an older revision, and changes nothing', async () => {
    const { id } = await newStory('Contended');
    await author.get(UPDATE, { id, input: { revision: 1, title: 'First' } });
    const before = await fingerprint(talegraph.database);
    const { extensions } = await author.fail(UPDATE, {
      id,
      input: { revision: 1, title: 'Second' },
    });
    expect(extensions).toMatchObject({
      code: 'CONFLICT',
      current: { id, title: 'First', revision: 2 },
    });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('tells the current story in a conflict just as the API tells it elsewhere', async () => {
    const { id } = await newStory('Told alike');
    await author.get(UPDATE, { id, input: { revision: 1, title: 'Told alike, twice' } });
    const { extensions } = await author.fail(UPDATE, { id, input: { revision: 1, title: 'X' } });
    const { story } = await author.get(
      `query ($id: ID!) { story(id: $id) { ${FIELDS} draft { updatedBy { id username } } } }`,
      { id },
    );
    const { draft, ...details } = story;
    expect(extensions.current).toMatchObject({ ...details, ...draft });
  });

  it('lets one of 10 changes on the same revision win, and refuses the others', async () => {
    const { id } = await newStory('Raced for');
    const answers = await atOnce(author, 10, UPDATE, (i) => ({
      id,
      input: { revision: 1, title: `Racer ${i}` },
    }));
    const winners = dataOf(answers);
    expect(winners).toHaveLength(1);
    expect(codesOf(answers)).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
    const { story } = await author.get(STORY, { id });
    expect(story).toEqual(winners[0].updateStory);
    expect(story.revision).toBe(2);
  });

  it.each([
    'title',
    'description',
    'category',
    'difficultyLevel',
    'tags',
    'language',
    'spoilerGuard',
    'slug',
  ])('refuses null for %s, and changes nothing', async (field) => {
    const { id } = await newStory('Not null');
    const before = await fingerprint(talegraph.database);
    const { extensions } = await author.fail(UPDATE, { id, input: { revision: 1, [field]: null } });
    expect(extensions.code).toBe('BAD_USER_INPUT');
    const paths = (extensions.fields as { path: string }[]).map(({ path }) => path);
    expect(new Set(paths)).toEqual(new Set([`input.${field}`]));
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('refuses a slug that another story has, and changes nothing', async () => {
    const { slug } = await newStory('Holder');
    const { id } = await newStory('Wanter');
    const before = await fingerprint(talegraph.database);
    const { extensions } = await author.fail(UPDATE, { id, input: { revision: 1, slug } });
    expect(extensions).toEqual({
      code: 'CONFLICT',
      fields: [{ path: 'input.slug', message: 'is taken; choose another' }],
    });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('refuses other readers, and changes nothing', async () => {
    const { id } = await newStory('Not yours');
    const other = talegraph.client.as((await talegraph.factory.newAuthor()).token);
    const before = await fingerprint(talegraph.database);
    const { extensions } = await other.fail(UPDATE, { id, input: { revision: 1, title: 'Mine' } });
    expect(extensions).toEqual({ code: 'FORBIDDEN' });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });
});
