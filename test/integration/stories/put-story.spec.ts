import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { atOnce, codesOf, dataOf } from '../../support/at-once.js';
import type { Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const PUT = `mutation ($id: ID!, $input: PutStoryInput!) {
  putStory(id: $id, input: $input) {
    id slug title description category difficultyLevel tags language spoilerGuard isPublished revision
    author { id }
  }
}`;

const DETAILS = {
  title: 'Put',
  description: 'Put in place.',
  category: 'mystery',
  difficultyLevel: 'HARD',
};

describe('putStory', () => {
  let talegraph: TestApp;
  let person: Person;
  let author: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
    person = await talegraph.factory.newAuthor();
    author = talegraph.client.as(person.token);
  });
  afterAll(() => talegraph.close());

  const countOf = async (slug: string): Promise<number> => {
    const [{ count }] = await talegraph.database.query(
      'SELECT count(*) AS count FROM stories WHERE slug = $1',
      [slug],
    );
    return count;
  };

  /** Until a statement waits for the transaction of another. */
  const untilSomebodyWaits = async () => {
    for (let tries = 0; tries < 500; tries++) {
      const [{ waiting }] = await talegraph.database.query(
        `SELECT count(*) AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      if (waiting > 0) return;
      await setTimeout(10);
    }
    throw new Error('nobody waits');
  };

  it('creates a draft under a slug that nobody has', async () => {
    const { putStory } = await author.get(PUT, { id: 'brand-new', input: DETAILS });
    expect(putStory).toEqual({
      ...DETAILS,
      id: expect.stringMatching(/^sty_\d+$/),
      slug: 'brand-new',
      tags: [],
      language: 'en',
      spoilerGuard: false,
      isPublished: false,
      revision: 1,
      author: { id: person.id },
    });
  });

  it('finds that story when the same call comes again, and leaves its revision', async () => {
    const { putStory: first } = await author.get(PUT, { id: 'again', input: DETAILS });
    const { putStory: second } = await author.get(PUT, { id: 'again', input: DETAILS });
    expect(second).toEqual(first);
    expect(await countOf('again')).toBe(1);
  });

  it('finds the story by its id too', async () => {
    const { id, slug } = await talegraph.factory.newStory(person);
    const { putStory } = await author.get(PUT, { id, input: DETAILS });
    expect(putStory).toMatchObject({ id, slug, title: 'Put', isPublished: true, revision: 2 });
  });

  it('gives what is left out its default', async () => {
    const whole = { ...DETAILS, tags: ['a'], language: 'no', spoilerGuard: true };
    const { putStory: first } = await author.get(PUT, { id: 'whole', input: whole });
    expect(first).toMatchObject({ tags: ['a'], language: 'no', spoilerGuard: true });
    const { putStory: second } = await author.get(PUT, { id: 'whole', input: DETAILS });
    expect(second).toMatchObject({ tags: [], language: 'en', spoilerGuard: false });
  });

  it('makes one story of 10 calls at once under a new slug', async () => {
    const answers = await atOnce(author, 10, PUT, () => ({ id: 'at-once', input: DETAILS }));
    expect(await countOf('at-once')).toBe(1);
    expect(new Set(dataOf(answers).map(({ putStory }) => putStory.id)).size).toBe(1);
    expect(codesOf(answers).filter((code) => code !== 'CONFLICT')).toEqual([]);
  });

  it('takes a story that comes under the slug in the meantime for the one to update', async () => {
    const other = talegraph.database.createQueryRunner();
    await other.startTransaction();
    const [{ storyId }] = await other.query(
      `INSERT INTO stories (slug, title, description, author_id, difficulty_level, category)
       VALUES ('meanwhile', 'First', 'D', $1, 'easy', 'fantasy') RETURNING story_id AS "storyId"`,
      [person.viewer.userId],
    );
    const putting = author.send(PUT, { id: 'meanwhile', input: DETAILS });
    await untilSomebodyWaits();
    await other.commitTransaction();
    await other.release();
    const { data, errors } = await putting;
    // Where it is told of a conflict instead, that names what the caller has sent.
    if (errors.length === 0) expect(data.putStory.id).toBe(`sty_${storyId}`);
    else
      expect(errors[0]).toMatchObject({
        extensions: { code: 'CONFLICT', fields: [{ path: 'id' }] },
      });
  });

  it.each(['title', 'description', 'category', 'difficultyLevel'])(
    'names %s when it is missing, and writes nothing',
    async (field) => {
      const input = Object.fromEntries(Object.entries(DETAILS).filter(([name]) => name !== field));
      const before = await fingerprint(talegraph.database);
      const { extensions } = await author.fail(PUT, { id: 'incomplete', input });
      expect(extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [{ path: `input.${field}`, message: expect.stringContaining(`"${field}"`) }],
      });
      expect(await fingerprint(talegraph.database)).toEqual(before);
    },
  );

  it('creates nothing under the id of a story that is not there', async () => {
    const before = await fingerprint(talegraph.database);
    const { extensions } = await author.fail(PUT, { id: 'sty_999999', input: DETAILS });
    expect(extensions).toEqual({ code: 'NOT_FOUND' });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it.each(['Not A Slug', 'nod_1', 'double--hyphen', `x${'y'.repeat(80)}`, ''])(
    'refuses %j, which is neither an id nor a slug',
    async (id) => {
      const before = await fingerprint(talegraph.database);
      const { extensions } = await author.fail(PUT, { id, input: DETAILS });
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'id' }] });
      expect(await fingerprint(talegraph.database)).toEqual(before);
    },
  );

  it.each([
    ['published story', true, 'FORBIDDEN'],
    ['draft', false, 'NOT_FOUND'],
  ])('leaves the %s of another author alone', async (_, published, code) => {
    const other = await talegraph.factory.newAuthor();
    const { id, slug } = await talegraph.factory.newStory(other, { published });
    const before = await fingerprint(talegraph.database);
    for (const name of [slug, id]) {
      const { extensions } = await author.fail(PUT, { id: name, input: DETAILS });
      expect(extensions).toEqual({ code });
    }
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('lets an administrator replace the details, and leaves the story its author’s', async () => {
    const { slug } = await talegraph.factory.newStory(person, { published: false });
    const admin = talegraph.client.as((await talegraph.factory.newAdmin()).token);
    const { putStory } = await admin.get(PUT, { id: slug, input: DETAILS });
    expect(putStory).toMatchObject({ slug, title: 'Put', author: { id: person.id } });
  });
});
