import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { Visits } from '../../../src/social/shares/visits.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { play } from '../../support/playing.js';
import { picture } from '../../support/sample-media.js';
import { Uploader } from '../../support/uploading.js';

const SHARE = `mutation ($storyId: ID!, $channel: ShareChannel! = LINK, $endingNodeId: ID) {
  shareStory(storyId: $storyId, channel: $channel, endingNodeId: $endingNodeId) {
    id url cardUrl channel endingNodeId visits story { id }
  }
}`;
const MINE = '{ myShares { totalCount nodes { id visits story { id } } } }';
const DELETE = 'mutation ($id: ID!) { deleteShare(id: $id) }';
const TO_FEED = 'mutation ($id: ID!) { shareToFeed(id: $id) { id } }';
const FEED = '{ feed { nodes { kind sharedUrl story { id } } } }';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const HOSTILE = `"><script>alert('x')</script> & <b>`;

describe('shares', () => {
  let talegraph: TestApp;
  let author: Person;
  let reader: Person;
  let asReader: GraphqlClient;
  let story: MadeStory;
  let own: Author;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    author = await talegraph.factory.newAuthor();
    reader = await talegraph.factory.newReader();
    asReader = talegraph.client.as(reader.token);
    story = await talegraph.factory.newStory(author, {
      title: 'The Dark Forest',
      description: 'Wolves are discussing you.',
      nodes: { start: ['good', 'other'], good: [], other: [] },
    });
    own = new Author(talegraph.client, author, story);
  });

  const share = async (variables: object = {}, client = asReader) =>
    (await client.get(SHARE, { storyId: story.id, ...variables })).shareStory;
  const here = (url: string) => url.replace(/^https?:\/\/[^/]+/, talegraph.url);
  const open = async (url: string, headers: Record<string, string> = {}, method = 'GET') => {
    const response = await fetch(here(url), {
      headers: { 'user-agent': BROWSER, ...headers },
      method,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const card = async (url: string) => {
    const response = await fetch(here(url));
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes };
  };
  const visitsOf = async () => {
    await talegraph.app.get(Visits).flush();
    return (await asReader.get(MINE)).myShares.nodes.map(({ visits }: any) => visits);
  };

  it('are one link for each channel, that nobody guesses, with a page that other sites make a preview of', async () => {
    const first = await share();
    expect(first).toEqual({
      id: expect.stringMatching(/^shr_\d+$/),
      url: expect.stringMatching(/\/s\/[\w-]{11}$/),
      cardUrl: `${first.url}/card.png`,
      ...{ channel: 'LINK', endingNodeId: null, visits: 0, story: { id: story.id } },
    });
    expect(await share()).toEqual(first);
    expect((await share({ channel: 'SOCIAL' })).url).not.toBe(first.url);
    const { status, text, headers } = await open(first.url);
    expect(status).toBe(200);
    for (const part of [
      '<html lang="en">',
      '<meta property="og:title" content="The Dark Forest">',
      '<meta property="og:description" content="Wolves are discussing you.">',
      `<meta property="og:url" content="${first.url}">`,
      `<meta property="og:image" content="${first.cardUrl}">`,
      '<meta name="twitter:card" content="summary_large_image">',
      `<link rel="canonical" href="${first.url}">`,
      `<p>by ${author.username}</p>`,
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/<script|Title of good/);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; img-src http:\/\/localhost:\d+; style-src 'sha256-[^']+'; base-uri 'none'/,
    );
  });

  it('show texts as texts, whatever is in them', async () => {
    await own.updateStory({ title: HOSTILE, description: HOSTILE });
    const { url, cardUrl } = await share();
    const { text } = await open(url);
    expect(text).toContain(
      '<h1>&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &lt;b&gt;</h1>',
    );
    expect(text).not.toContain('<script');
    expect(text).not.toContain('<b>');
    const { bytes } = await card(cardUrl);
    await own.updateStory({ title: '\u200b', description: '\u200b' });
    const invisible = await card(cardUrl);
    expect(invisible.status).toBe(200);
    expect(invisible.bytes.equals(bytes)).toBe(false);
  });

  it('have a card, drawn with the cover, kept by those who have it until something changes', async () => {
    const { cardUrl } = await share();
    const { bytes, headers } = await card(cardUrl);
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('cache-control')).toBe('public, max-age=86400');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(await sharp(bytes).metadata()).toMatchObject({
      format: 'png',
      width: 1200,
      height: 630,
    });
    // Letters are drawn: there is white where the title stands, in some places.
    const { data } = await sharp(bytes)
      .extract({ left: 72, top: 100, width: 636, height: 100 })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const white = data.filter((value) => value > 240).length / data.length;
    expect(white).toBeGreaterThan(0.02);
    expect(white).toBeLessThan(0.5);
    const etag = headers.get('etag')!;
    const again = await open(cardUrl, { 'if-none-match': `"other", W/${etag}` });
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' });

    const uploader = new Uploader(talegraph, author);
    const image = await uploader.media('IMAGE', 'a.png', await picture(600, 400).png().toBuffer(), {
      altText: 'A lighthouse.',
    });
    await own.updateStory({ cover: { mediaId: image.id } });
    const changed = await card(cardUrl);
    expect(changed.headers.get('etag')).not.toBe(etag);
    expect(changed.bytes.equals(bytes)).toBe(false);
  });

  it('are drawn once for all who ask at the same time', async () => {
    const { cardUrl } = await share();
    const cards = await Promise.all(Array.from({ length: 8 }, () => card(cardUrl)));
    expect(cards.every(({ bytes }) => bytes.equals(cards[0]!.bytes))).toBe(true);
  });

  it('of an ending are for those who reached it, and name it unless it is secret or guarded', async () => {
    const refused = async (endingNodeId: string, client = asReader) => {
      const before = await fingerprint(talegraph.database);
      const { extensions } = await client.fail(SHARE, { storyId: story.id, endingNodeId });
      expect(extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'endingNodeId' }],
      });
      expect(await fingerprint(talegraph.database)).toEqual(before);
    };
    await refused(story.node('good'));
    await play(asReader, story, ['start', 'good']);
    const { url, cardUrl } = await share({ endingNodeId: story.node('good') });
    await refused(story.node('other'));
    await refused(story.node('start'));
    await refused('nod_999999');
    // Not even the author, who has not played.
    await refused(story.node('good'), talegraph.client.as(author.token));
    const named = 'Title of good – an ending of The Dark Forest';
    const page = async () => (await open(url)).text;
    expect(await page()).toContain(`<h1>${named}</h1>`);
    const { bytes } = await card(cardUrl);

    await own.updateStory({ spoilerGuard: true });
    expect(await page()).toContain('<h1>An ending of The Dark Forest</h1>');
    expect(await page()).not.toContain('Title of good');
    expect((await card(cardUrl)).bytes.equals(bytes)).toBe(false);
    await own.updateStory({ spoilerGuard: false });
    await own.updateNode('good', { endingKind: 'SECRET' });
    expect(await page()).toContain(`<h1>${named}</h1>`);
    await own.publish();
    expect(await page()).not.toContain('Title of good');
  });

  it('count people who come by, not bots, nor those who only look whether it is there', async () => {
    const { url } = await share();
    for (let i = 0; i < 3; i++) await open(url);
    await open(url, { 'user-agent': 'Twitterbot/1.0' });
    await open(url, { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' });
    await open(url, {}, 'HEAD');
    await open(`${url}/card.png`);
    expect(await visitsOf()).toEqual([3]);
    // Written by themselves within a second or so.
    await open(url);
    await setTimeout(1500);
    expect((await asReader.get(MINE)).myShares.nodes[0].visits).toBe(4);
  });

  it('tell nothing while the story is not published, and come back with it', async () => {
    const { url, cardUrl } = await share();
    await open(url);
    await own.unpublish();
    for (const address of [url, cardUrl]) {
      const { status, text } = await open(address);
      expect(status).toBe(410);
      expect(text).not.toMatch(/Forest|Wolves/);
    }
    expect((await asReader.get(MINE)).myShares.nodes[0].story).toBeNull();
    expect((await asReader.fail(SHARE, { storyId: story.id })).extensions.code).toBe('NOT_FOUND');
    const { extensions } = await own.client.fail(SHARE, { storyId: story.id });
    expect(extensions.code).toBe('CONFLICT');
    await own.publish();
    expect((await open(url)).status).toBe(200);
    await own.deleteStory();
    expect((await open(url)).status).toBe(410);
    expect(await visitsOf()).toEqual([2]);
  });

  it('are gone once revoked, from feeds too, and only their owner revokes them', async () => {
    const follower = await talegraph.factory.newReader();
    const asFollower = talegraph.client.as(follower.token);
    await asFollower.get('mutation ($id: ID!) { followUser(userId: $id) { id } }', reader);
    const made = await share({ channel: 'FEED' });
    const before = await fingerprint(talegraph.database);
    for (const operation of [TO_FEED, DELETE]) {
      expect((await asFollower.fail(operation, made)).extensions.code).toBe('NOT_FOUND');
    }
    expect(await fingerprint(talegraph.database)).toEqual(before);
    for (let i = 0; i < 2; i++) await asReader.get(TO_FEED, made);
    expect((await asFollower.get(FEED)).feed.nodes).toEqual([
      { kind: 'SHARED', sharedUrl: made.url, story: { id: story.id } },
    ]);
    expect((await asFollower.get(MINE)).myShares.totalCount).toBe(0);
    await open(made.url);
    await asReader.get(DELETE, made);
    expect(await visitsOf()).toEqual([]);
    for (const address of [made.url, made.cardUrl]) {
      const { status, text } = await open(address);
      expect(status).toBe(404);
      expect(text).not.toMatch(/Forest|Wolves/);
    }
    expect((await asFollower.get(FEED)).feed.nodes).toEqual([]);
    expect((await share({ channel: 'FEED' })).url).not.toBe(made.url);
  });
});
