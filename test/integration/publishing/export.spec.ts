import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'parse5';
import type { OfflineStory } from '../../../src/publishing/formats/html/offline-story.js';
import { readTwine } from '../../../src/publishing/formats/twine/read-twine.js';
import { ExportLinks } from '../../../src/publishing/exports/export-links.js';
import { ExportFormat } from '../../../src/publishing/exports/export.type.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const EXPORT = `query ($storyId: ID!, $format: ExportFormat!, $versionId: ID) {
  exportStory(storyId: $storyId, format: $format, versionId: $versionId) { filename mediaType size content url } }`;

const FILES = {
  TALEGRAPH_JSON: ['.json', 'application/json'],
  CSV: ['.csv', 'text/csv; charset=utf-8'],
  TWEE: ['.twee', 'text/plain; charset=utf-8'],
  TWINE_HTML: ['.twine.html', 'text/html; charset=utf-8'],
  TWINE_JSON: ['.twine.json', 'application/json'],
  MERMAID: ['.mmd', 'text/plain; charset=utf-8'],
  DOT: ['.dot', 'text/plain; charset=utf-8'],
  HTML: ['.html', 'text/html; charset=utf-8'],
} as const;

type Format = keyof typeof FILES;

describe('exportStory', () => {
  let talegraph: TestApp;
  let owner: Person;
  let author: GraphqlClient;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    owner = await talegraph.factory.newAuthor();
    author = talegraph.client.as(owner.token);
    story = await talegraph.factory.newStory(owner, {
      title: 'A <Tale> & “more”',
      nodes: { start: ['left', 'right'], left: ['right'], right: [] },
    });
  });
  afterAll(() => talegraph.close());

  const exported = async (format: Format, versionId?: string) =>
    (await author.get(EXPORT, { storyId: story.id, format, versionId })).exportStory;

  /** The link as this server is reached in the test. */
  const here = (url: string) => url.replace(/^https?:\/\/[^/]+/, talegraph.url);

  describe.each(Object.keys(FILES) as Format[])('as %s', (format) => {
    it('answers the file, and a link that gives the same', async () => {
      const { filename, mediaType, size, content, url } = await exported(format);
      const [ending, type] = FILES[format];
      expect([filename, mediaType]).toEqual([`${story.slug}${ending}`, type]);
      expect(size).toBe(Buffer.byteLength(content));
      const response = await fetch(here(url));
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': type,
        'content-length': `${size}`,
        'content-disposition': `attachment; filename="${filename}"; filename*=UTF-8''${filename}`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, no-store',
      });
      expect(Buffer.from(await response.arrayBuffer()).toString()).toBe(content);
    });
  });

  it.each(['TWEE', 'TWINE_HTML', 'TWINE_JSON'] as const)(
    'writes %s that is read as the same story without a problem, twice alike',
    async (format) => {
      const { content } = await exported(format);
      const { stories, problems } = readTwine(content);
      expect(problems).toEqual([]);
      expect(stories).toHaveLength(1);
      expect(stories[0]!.name).toBe('A <Tale> & “more”');
      expect(stories[0]!.ifid).toMatch(
        /^[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/,
      );
      expect(
        stories[0]!.passages.filter(({ tags }) => tags.length === 0).map(({ name }) => name),
      ).toEqual(expect.arrayContaining(['Title of start', 'Title of left', 'Title of right']));
      expect((await exported(format)).content).toBe(content);
    },
  );

  it('writes the draft, or a version as it was', async () => {
    const own = await talegraph.factory.newStory(owner, { nodes: { start: ['end'], end: [] } });
    const { storyVersions } = await author.get(
      `query ($storyId: ID!) { storyVersions(storyId: $storyId) { nodes { id } } }`,
      { storyId: own.id },
    );
    await author.get(
      `mutation ($id: ID!) { updateNode(id: $id, input: { content: "Written since.", revision: 1 }) { id } }`,
      { id: own.node('end') },
    );
    const as = async (format: Format, versionId?: string) =>
      (await author.get(EXPORT, { storyId: own.id, format, versionId })).exportStory;
    const versionId = storyVersions.nodes[0].id;
    for (const format of ['TALEGRAPH_JSON', 'TWEE', 'HTML'] as const) {
      const [draft, version] = [await as(format), await as(format, versionId)];
      expect([format, draft.content.includes('Written since.')]).toEqual([format, true]);
      expect([format, version.content.includes('Written since.')]).toEqual([format, false]);
      expect([format, version.content.includes('Text of *end*.')]).toEqual([format, true]);
      expect(version.filename).toBe(`${own.slug}-v1${FILES[format][0]}`);
      expect(await (await fetch(here(version.url))).text()).toBe(version.content);
    }
    const { extensions } = await author.fail(EXPORT, {
      storyId: story.id,
      format: 'DOT',
      versionId,
    });
    expect(extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'versionId', message: 'must be a version of this story' }],
    });
  });

  it('writes an HTML file that holds the story whatever is in it, under a policy that loads nothing', async () => {
    const hostile = '</script><script>alert(1)</script><!-- \u2028 "&lt;';
    const own = await talegraph.factory.newStory(owner, { title: hostile, nodes: { start: [] } });
    const { content } = (await author.get(EXPORT, { storyId: own.id, format: 'HTML' })).exportStory;
    const elements = elementsIn(parse(content));
    const scripts = elements.filter(({ tagName }) => tagName === 'script');
    expect(scripts.map(({ attrs }) => attrs)).toEqual([
      [
        { name: 'type', value: 'application/json' },
        { name: 'id', value: 'talegraph-story' },
      ],
      [],
    ]);
    const held = JSON.parse(textOf(scripts[0])) as OfflineStory;
    expect(held.title).toBe(hostile);
    expect(held.author).toBe(owner.username);
    expect(
      elements.flatMap(({ attrs }) => attrs).filter(({ name }) => /^(src|href|on\w+)$/.test(name)),
    ).toEqual([]);
    const [policy] = elements.flatMap(({ attrs }) =>
      attrs.some(({ value }) => value === 'Content-Security-Policy') ? [attrs[1]!.value] : [],
    );
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}='; img-src data:; media-src data:; base-uri 'none'; form-action 'none'$/,
    );
  });

  describe('a link', () => {
    const statusOf = async (url: string) => {
      const response = await fetch(url);
      return [response.status, ((await response.json()) as { code: string }).code];
    };

    it('is refused when it was altered, made up or is over, and then gives and changes nothing', async () => {
      const before = await fingerprint(talegraph.database);
      const url = here((await exported('TWEE')).url);
      const [, token] = url.split('token=') as [string, string];
      const [encoded, signature] = token.split('.') as [string, string];
      const says = Buffer.from(encoded, 'base64url').toString();
      const withToken = (other: string) => `${talegraph.url}/exports?token=${other}`;
      const altered = (from: RegExp, to: string) =>
        withToken(`${Buffer.from(says.replace(from, to)).toString('base64url')}.${signature}`);
      const linked = {
        storyId: story.storyId,
        format: ExportFormat.TWEE,
        userId: owner.viewer.userId,
      };
      const old = talegraph.app.get(ExportLinks).make(linked, Date.now() - 10 * 60 * 1000);
      for (const refused of [
        altered(/^\d+/, '999'),
        altered(/TWEE/, 'HTML'),
        altered(/\d+$/, '9999999999999'),
        withToken(`${encoded}.${signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`),
        withToken(`${encoded}.`),
        withToken(encoded),
        withToken(''),
        `${talegraph.url}/exports`,
        `${withToken(token)}&token=${token}`,
        here(old),
      ]) {
        expect([refused, ...(await statusOf(refused))]).toEqual([refused, 403, 'FORBIDDEN']);
      }
      expect((await fetch(url)).status).toBe(200);
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });

    it('is refused once whom it was given to works on the story no longer', async () => {
      const { factory, client } = talegraph;
      const viewer = await factory.newAuthor();
      await factory.share(owner, story, viewer, 'viewer');
      const variables = { storyId: story.id, format: 'HTML' };
      const { url } = (await client.as(viewer.token).get(EXPORT, variables)).exportStory;
      expect((await fetch(here(url))).status).toBe(200);
      await author.get(
        `mutation ($storyId: ID!, $userId: ID!) { removeCollaborator(storyId: $storyId, userId: $userId) }`,
        { storyId: story.id, userId: viewer.id },
      );
      expect(await statusOf(here(url))).toEqual([403, 'FORBIDDEN']);
    });
  });

  it('refuses the draft of another, as if there were none', async () => {
    const draft = await talegraph.factory.newStory(owner, { published: false });
    const other = talegraph.client.as((await talegraph.factory.newAuthor()).token);
    for (const format of Object.keys(FILES)) {
      const { extensions } = await other.fail(EXPORT, { storyId: draft.id, format });
      expect(extensions.code).toBe('NOT_FOUND');
    }
  });

  it('leaves what is above 1 MB to the link', async () => {
    const keys = Array.from({ length: 30 }, (_, i) => `k${i}`);
    const large = await talegraph.factory.newStory(owner, {
      published: false,
      nodes: Object.fromEntries(keys.map((key, i) => [key, i < 29 ? [keys[i + 1]!] : []])),
    });
    await talegraph.database.query(
      `UPDATE story_nodes SET content = repeat('ü😀 ', 7000) WHERE story_id = $1`,
      [large.storyId],
    );
    const { content, size, url } = (
      await author.get(EXPORT, { storyId: large.id, format: 'TALEGRAPH_JSON' })
    ).exportStory;
    expect([content, size > 1024 * 1024]).toEqual([null, true]);
    const text = await (await fetch(here(url))).text();
    expect(Buffer.byteLength(text)).toBe(size);
    expect(text.match(/ü😀 /g)).toHaveLength(30 * 7000);
  });
});

interface Element {
  readonly tagName: string;
  readonly attrs: readonly { name: string; value: string }[];
}

const elementsIn = (node: any): Element[] =>
  [node.tagName === undefined ? [] : [node], ...(node.childNodes ?? []).map(elementsIn)].flat();

const textOf = (element: any): string => element.childNodes[0].value;
