import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.js';
import { describeInBrowser, launchBrowser } from '../support/browser.js';
import type { MadeStory } from '../support/factory.js';
import { picture, recording, wav } from '../support/sample-media.js';
import { Uploader } from '../support/uploading.js';
import { OfflineReader } from './offline-reader.js';

const EXPORT = `query ($storyId: ID!) {
  exportStory(storyId: $storyId, format: HTML) { url size content mediaLeftOut }
}`;

describeInBrowser('images and recordings in an exported HTML file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'talegraph-offline-media-'));
  let talegraph: TestApp;
  let browser: Browser;
  let author: Uploader;
  let story: MadeStory;
  let reader: OfflineReader;
  beforeAll(async () => {
    talegraph = await startApp();
    browser = await launchBrowser();
    author = new Uploader(talegraph, await talegraph.factory.newAuthor());
  }, 60_000);
  afterEach(() => reader.close());
  afterAll(async () => {
    await browser.close();
    await talegraph.close();
    rmSync(folder, { recursive: true });
  });

  const newStory = async () => {
    story = await talegraph.factory.newStory(author.person, { published: false });
  };

  const attach = (key: string, use: string) =>
    author.client.get(
      `mutation { updateNode(id: "${story.node(key)}", input: { revision: 1, ${use} }) { id } }`,
    );

  /** The file as its link gives it, saved, and what the API says of it. */
  async function exported() {
    const { exportStory } = await author.client.get(EXPORT, { storyId: story.id });
    const response = await fetch(author.here(exportStory.url as string));
    const bytes = Buffer.from(await response.arrayBuffer());
    const path = join(folder, `${story.slug}.html`);
    writeFileSync(path, bytes);
    return { file: pathToFileURL(path).href, bytes, told: exportStory };
  }

  const shown = () =>
    reader.page.evaluate(async () => {
      const image = document.querySelector('img');
      const audio = document.querySelector('audio');
      await image?.decode();
      while (audio !== null && audio.readyState === 0) {
        if (audio.error !== null) throw new Error(audio.error.message);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return {
        image: image && [image.alt, image.naturalWidth, image.naturalHeight],
        audio: audio && [audio.ariaLabel, audio.controls, audio.duration > 0.4],
        notes: [...document.querySelectorAll('article .note')].map((note) => note.textContent),
      };
    });

  it('are seen and heard without a network', async () => {
    await newStory();
    const bytes = await picture(1500, 750).jpeg().toBuffer();
    const image = await author.media('IMAGE', 'a.jpg', bytes, { altText: 'A "wall" & <b>.' });
    const audio = await author.media('AUDIO', 'a.opus', recording('opus.ogg'), {
      altText: 'Wind.',
    });
    await attach('start', `image: { mediaId: "${image.id}" }, audio: { mediaId: "${audio.id}" }`);
    await attach('end', `audio: { mediaId: "${audio.id}", altText: "" }`);
    const { file, bytes: html, told } = await exported();
    expect([told.mediaLeftOut, told.size, Buffer.from(told.content as string)]).toEqual([
      0,
      html.length,
      html,
    ]);
    reader = await OfflineReader.open(browser, file);
    expect(await shown()).toEqual({
      image: ['A "wall" & <b>.', 1024, 512],
      audio: ['Wind.', true, true],
      notes: [],
    });
    await reader.choose(0);
    expect(await shown()).toEqual({ image: null, audio: ['Recording', true, true], notes: [] });
    expect(reader.wrongs).toEqual([]);
  });

  it('are told of where they do not fit', async () => {
    await newStory();
    const seconds = 1320;
    const [first, second] = [
      await author.media('AUDIO', 'a.wav', wav(seconds), { altText: 'Rain.' }),
      await author.media('AUDIO', 'b.wav', wav(seconds), { altText: 'Hail.' }),
    ];
    await attach('start', `audio: { mediaId: "${first.id}" }`);
    await attach('end', `audio: { mediaId: "${second.id}" }`);
    const { file, bytes, told } = await exported();
    const inBase64 = (4 / 3) * (seconds * 16_000 + 44);
    expect(bytes.length).toBeGreaterThan(inBase64);
    expect(bytes.length).toBeLessThan(inBase64 + 1_000_000);
    expect(told).toMatchObject({ mediaLeftOut: 1, size: bytes.length, content: null });
    reader = await OfflineReader.open(browser, file);
    expect(await shown()).toEqual({ image: null, audio: ['Rain.', true, true], notes: [] });
    await reader.choose(0);
    expect(await shown()).toEqual({
      image: null,
      audio: null,
      notes: ['A recording is not in this file: Hail.'],
    });
    expect(reader.wrongs).toEqual([]);
  }, 60_000);
});
