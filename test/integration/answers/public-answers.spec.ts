import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { isObjectType } from 'graphql';
import { Caches } from '../../../src/cache/caches.js';
import { isPublicRead } from '../../../src/graphql/public-read.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory, Person } from '../../support/factory.js';

const NODE = `query ($id: ID!) { storyNode(id: $id) { title choices { text toNode { title } } } }`;
const PAGE = `query ($id: ID!) { story(id: $id) { title wordCount startNode { title } nodes { nodes { key } } } }`;
const BOTH = `query ($id: ID!, $other: ID!) { a: story(id: $id) { title } b: story(id: $other) { title } }`;

describe('answers to public reads', () => {
  let test: TestApp;
  let person: Person;
  let author: Author;
  let reader: Person;
  let story: MadeStory;

  beforeAll(async () => {
    test = await startApp();
  });

  afterAll(() => test.close());

  beforeEach(async () => {
    person = await test.factory.newAuthor();
    reader = await test.factory.newReader();
    story = await test.factory.newStory(person);
    author = new Author(test.client, person, story);
  });

  /** How many answers came from memory during `work`. */
  async function served(work: () => Promise<unknown>): Promise<number> {
    const hits = () => test.app.get(Caches).figures.find(({ cache }) => cache === 'answers')!.hits;
    const before = hits();
    await work();
    return hits() - before;
  }

  const page = (client = test.client) => client.send(PAGE, { id: story.id });
  const read = (headers: Record<string, string> = {}) => {
    const variables = JSON.stringify({ id: story.node('start') });
    const query = new URLSearchParams({ query: NODE, variables });
    return fetch(`${test.url}/graphql?${query.toString()}`, {
      headers: { 'apollo-require-preflight': 'true', ...headers },
    });
  };
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('come from memory the second time, the same to the byte, to whoever asks', async () => {
    const first = await read(bearer(reader.token));
    const bytes = await first.text();
    const statements = await test.statements.during(async () => {
      const second = await read();
      expect(await second.text()).toBe(bytes);
      expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
      expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
      expect(second.headers.get('x-request-id')).toBeTruthy();
      expect(second.headers.get('x-content-type-options')).toBe('nosniff');
    });
    expect(statements).toEqual([]);
    expect(await served(() => read(bearer(person.token)))).toBe(1);
  });

  it('of a GET may be kept by clients, which ask whether they are current', async () => {
    const first = await read();
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(first.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    expect(first.headers.get('vary')).toMatch(/Accept, Authorization$/);
    const current = await read({ 'if-none-match': `"other", ${etag}` });
    expect([current.status, await current.text()]).toEqual([304, '']);
    expect((await read({ 'if-none-match': '"other"' })).status).toBe(200);
    const own = await read(bearer(reader.token));
    expect(own.headers.get('cache-control')).toBe('private, max-age=0, must-revalidate');
  });

  it('may be kept by nobody otherwise, whatever is asked', async () => {
    const get = (query: string, headers: Record<string, string> = {}) =>
      fetch(`${test.url}/graphql?${new URLSearchParams({ query }).toString()}`, {
        headers: { 'apollo-require-preflight': 'true', ...headers },
      });
    const post = (body: object | string) =>
      fetch(`${test.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    const counted = `{ story(id: "${story.id}") { playCount } }`;
    const asks = [
      () => get('{ me { username } }', bearer(person.token)),
      () => get(counted),
      () => get('{ nothing }'),
      () => post({ query: counted }),
      () => post({ query: PAGE, variables: { id: story.id } }),
      () => post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'none' } } }),
      () => post('{'),
    ];
    for (const ask of asks) {
      for (let i = 0; i < 3; i++) {
        const { headers } = await ask();
        expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-store', null]);
      }
    }
  });

  it('are not served to who has a bad token, nor where a browser asks by itself', async () => {
    await read();
    const refused = await read(bearer('no.such.token'));
    expect(((await refused.json()) as any).errors[0].extensions.code).toBe('UNAUTHENTICATED');
    await test.client
      .as(reader.token)
      .get(`mutation { logout }`)
      .catch(() => undefined);
    const over = await read(bearer(reader.token));
    expect(((await over.json()) as any).errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect((await read({ 'apollo-require-preflight': '' })).status).toBe(400);
  });

  it('change with what authors do', async () => {
    const title = async () => (await page()).data?.story?.title;
    await page();
    await author.updateStory({ title: 'Another title' });
    expect(await title()).toBe('Another title');
    await author.updateNode('start', { title: 'Another start' });
    expect(await served(() => page())).toBe(1);
    await author.publish();
    expect((await page()).data.story.startNode.title).toBe('Another start');
    await author.unpublish();
    expect((await page()).errors[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('are kept of published stories without a spoiler guard alone', async () => {
    await author.updateStory({ spoilerGuard: true });
    expect(await served(() => page().then(() => page()))).toBe(0);
    await author.updateStory({ spoilerGuard: false });
    await author.unpublish();
    expect(await served(() => page(author.client).then(() => page(author.client)))).toBe(0);
    expect((await page()).errors[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('are not kept when one of several stories is not for everyone', async () => {
    const draft = await test.factory.newStory(person, { published: false });
    const both = () => author.client.get(BOTH, { id: story.id, other: draft.id });
    await both();
    expect(await served(both)).toBe(0);
  });

  it('are kept neither with errors nor with anything that is not marked', async () => {
    const ask = (query: string) => test.client.send(query, { id: story.id });
    const counted = `query ($id: ID!) { story(id: $id) { title playCount } }`;
    const wrong = `query ($id: ID!) { story(id: $id) { title } storyNode(id: "nod_zzz") { title } }`;
    const within = `query ($id: ID!) { story(id: $id) { ...more } } fragment more on Story { author { username } }`;
    for (const query of [counted, wrong, within]) {
      await ask(query);
      expect(await served(() => ask(query))).toBe(0);
    }
  });

  it('are counted with the memory that they take', async () => {
    const bytes = () =>
      test.app.get(Caches).figures.find(({ cache }) => cache === 'answers')!.bytes;
    await author.updateNode('start', { content: `${'a'.repeat(4000)}→` });
    await author.publish();
    const before = bytes();
    const query = `query ($id: ID!) { storyNode(id: $id) { content } }`;
    await test.client.get(query, { id: story.node('start') });
    expect(bytes() - before).toBeGreaterThan(8000);
  });

  it('differ by operation and variables', async () => {
    const two = `query A($id: ID!) { story(id: $id) { title } } query B($id: ID!) { story(id: $id) { slug } }`;
    const ask = async (operationName: string) => {
      const response = await fetch(`${test.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: two, operationName, variables: { id: story.id } }),
      });
      return ((await response.json()) as any).data.story;
    };
    await ask('A');
    expect(await ask('B')).toEqual({ slug: story.slug });
    const other = await test.factory.newStory(person);
    await page();
    const answer = await test.client.get(`query ($id: ID!) { story(id: $id) { slug } }`, {
      id: other.id,
    });
    expect(answer.story.slug).toBe(other.slug);
  });

  it('are made of these fields, none of which depends on the viewer', () => {
    const { schema } = test.app.get(GraphQLSchemaHost);
    const marked = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !/^__|(Connection|Edge)$|^PageInfo$/.test(name))
      .flatMap((type) =>
        Object.values(type.getFields())
          .filter((field) => isPublicRead(type, field))
          .map((field) => `${type.name}.${field.name}`),
      );
    expect(marked.sort().join(' ')).toMatchInlineSnapshot(
      `"Choice.afterSeconds Choice.attempts Choice.attemptsLeft Choice.consequences Choice.dice Choice.id Choice.letter Choice.lockedReason Choice.puzzle Choice.text Choice.toNode PlayableProtagonist.description PlayableProtagonist.key PlayableProtagonist.name Query.story Query.storyNode Story.category Story.createdAt Story.description Story.difficultyLevel Story.id Story.isPublished Story.language Story.nodes Story.protagonists Story.publishedAt Story.readingMinutes Story.slug Story.spoilerGuard Story.startNode Story.tags Story.title Story.wordCount StoryAudio.altText StoryAudio.contentType StoryAudio.durationSeconds StoryAudio.url StoryImage.altText StoryImage.color StoryImage.coverUrl StoryImage.height StoryImage.thumbnailUrl StoryImage.url StoryImage.width StoryNode.audio StoryNode.choices StoryNode.content StoryNode.contentHtml StoryNode.endingKind StoryNode.id StoryNode.image StoryNode.isEnding StoryNode.isStart StoryNode.key StoryNode.title StoryNode.type"`,
    );
  });
});
