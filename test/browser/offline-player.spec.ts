import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Seeder } from '../../seeds/seeder.js';
import { prove } from '../../src/engine/core/prover/prove.js';
import { readMemory } from '../../src/engine/core/state.js';
import { offersAt } from '../../src/engine/core/offer.js';
import { compile, type CompiledStory } from '../../src/engine/core/story.js';
import { DraftDefinitionRepository } from '../../src/engine/draft-definition.repository.js';
import { encodeId } from '../../src/graphql/ids.js';
import { StoryRepository } from '../../src/stories/story.repository.js';
import type { Play } from '../../src/player/play.js';
import { startApp, type TestApp } from '../support/app.js';
import { describeInBrowser, launchBrowser } from '../support/browser.js';
import { doings, OfflineReader, plays, type Doing } from './offline-reader.js';

const EXPORT = `query ($storyId: ID!) { exportStory(storyId: $storyId, format: HTML) { content } }`;

interface Sample {
  readonly file: string;
  readonly story: CompiledStory;
}

describeInBrowser('an exported HTML file in a browser without a network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'talegraph-offline-'));
  let talegraph: TestApp;
  let browser: Browser;
  let clock: Sample;
  let forest: Sample;
  let reader: OfflineReader;
  beforeAll(async () => {
    talegraph = await startApp();
    await talegraph.app.get(Seeder).seedStories();
    browser = await launchBrowser();
    clock = await exported('the-tide-clock');
    forest = await exported('the-dark-forest');
  }, 60_000);
  afterEach(() => reader.close());
  afterAll(async () => {
    await browser.close();
    await talegraph.close();
    rmSync(folder, { recursive: true });
  });

  async function exported(slug: string): Promise<Sample> {
    const { storyId } = (await talegraph.app.get(StoryRepository).findBySlug(slug))!;
    const admin = talegraph.client.as((await talegraph.factory.newAdmin()).token);
    const { exportStory } = await admin.get(EXPORT, { storyId: encodeId('story', storyId) });
    const path = join(folder, `${slug}.html`);
    writeFileSync(path, exportStory.content as string);
    const story = compile(await talegraph.app.get(DraftDefinitionRepository).load(storyId));
    return { file: pathToFileURL(path).href, story };
  }

  const keyOf = (story: CompiledStory, { state }: Play) =>
    story.nodes[story.indexOfNode.get(state.node)!]!.key;

  /** The choice that leads from one node to another, by their keys. */
  const choiceOf = ({ story }: Sample, from: string, to: string): number =>
    story.nodes
      .find(({ key }) => key === from)!
      .choices.find((choice) => story.nodes[story.indexOfNode.get(choice.to!)!]!.key === to)!.id;

  /** Where among the choices that are offered one stands. */
  const placeOf = (story: CompiledStory, { state }: Play, choiceId: number): number =>
    offersAt(story, readMemory(story, state), story.indexOfNode.get(state.node)!).findIndex(
      ({ choice }) => choice.id === choiceId,
    );

  const begin = async (name: RegExp) => reader.page.getByRole('button', { name }).click();

  describe('plays The Tide Clock', () => {
    const nameOf = { apprentice: /^Ines/, diver: /^Bram/ } as const;

    /** A seed whose dice fall as a way needs them. */
    function seedFor(protagonist: string | undefined, done: readonly Doing[], goal: number) {
      for (let n = 1; n < 100_000; n++) {
        const seed = [n, 0, 0, 0];
        const way = plays(clock.story, seed, protagonist, done);
        if (way?.at(-1)!.state.node === goal) return { seed, way };
      }
      throw new Error('The dice never fall as they must.');
    }

    it('to each of its endings by the way that is proved, saying all along what the server says', async () => {
      const { story, file } = clock;
      const proof = prove(story);
      const endings = story.nodes.flatMap(({ type }, i) => (type === 'ending' ? [i] : []));
      expect(endings).toHaveLength(4);
      for (const ending of endings) {
        const verdict = proof.nodes[ending]!;
        if (verdict.status !== 'reachable') throw new Error('Every ending is reachable.');
        const { protagonist, steps } = verdict.witness;
        const done = doings(story, steps);
        const { seed, way } = seedFor(protagonist, done, story.nodes[ending]!.id);
        reader = await OfflineReader.open(browser, file, { seed });
        await begin(nameOf[protagonist as keyof typeof nameOf]);
        await reader.sees(story, way[0]!);
        for (const [i, { choice, answer }] of done.entries()) {
          await reader.choose(placeOf(story, way[i]!, choice), answer);
          await reader.sees(story, way[i + 1]!);
        }
        expect(await reader.page.getByRole('button', { name: 'Play again' }).count()).toBe(1);
        expect(reader.wrongs).toEqual([]);
        if (ending !== endings.at(-1)) await reader.close();
      }
    }, 60_000);

    it('with hints, attempts, reasons, rolls, things carried, names set and choices taken back', async () => {
      reader = await OfflineReader.open(browser, clock.file, { seed: [7, 0, 0, 0] });
      const { page } = reader;
      const news = page.getByRole('status');
      await begin(/^Ines/);
      await page.getByRole('textbox', { name: 'callsign' }).fill('Wren *x*');
      await page.getByRole('button', { name: 'Set' }).click();
      expect(await page.locator('article').textContent()).toContain('You have the keys, Wren *x*.');
      await page.getByRole('button', { name: /storm lamp/ }).click();
      expect(await news.textContent()).toBe(
        'It weighs as much as a well-fed cat, and smells worse.Storm lamp: 0 → 1weight: 1 → 1.75',
      );
      expect(await page.getByRole('complementary').textContent()).toContain('Storm lamp');
      expect(await page.getByRole('button', { name: /storm lamp/ }).count()).toBe(0);
      await page.getByRole('button', { name: 'Take back' }).click();
      expect(await page.getByRole('button', { name: /storm lamp/ }).count()).toBe(1);
      await page.getByRole('button', { name: /Go down to the quay/ }).click();
      await page.getByRole('button', { name: /Knock/ }).click();
      const closed = page.getByRole('button', { name: /Slip past/ });
      expect([await closed.isDisabled(), await closed.getAttribute('aria-describedby')]).toEqual([
        true,
        expect.stringMatching(/^note-\d+$/),
      ]);
      const answer = async (text: string) => {
        await page.getByRole('textbox', { name: 'Answer him.' }).fill(text);
        await page.keyboard.press('Enter');
      };
      await answer('the sea');
      expect(await news.textContent()).toMatch(
        /^That is not it. 2 attempts are left."It has a face/,
      );
      expect(await page.evaluate(() => document.activeElement!.id)).toMatch(/^answer-/);
      await answer('a face');
      expect(await news.textContent()).toMatch(/^That is not it. One attempt is left."Look \*up/);
      await answer('a clock');
      expect(await news.textContent()).toMatch(/^That is not it. No attempts are left./);
      expect(await page.locator('article h2').textContent()).toBe('Detained');
      await page.getByRole('button', { name: 'Talk your way out.' }).click();
      expect(await news.textContent()).toMatch(
        /^The dice show [1-6]; the total is (\d|10)\. (Success\.You explain|It fails\.)/,
      );
      expect(reader.wrongs).toEqual([]);
    });

    it('on where its reader was, over again, and by a choice that makes itself', async () => {
      const { story } = clock;
      const stair = choiceOf(clock, 'customs', 'stair');
      const done = [
        { choice: choiceOf(clock, 'workshop', 'quay') },
        { choice: choiceOf(clock, 'quay', 'quay') },
        { choice: choiceOf(clock, 'quay', 'customs') },
        { choice: stair, answer: ' The  MOON ' },
        { choice: choiceOf(clock, 'stair', 'gallery') },
        { choice: choiceOf(clock, 'gallery', 'heart'), answer: 'Ebb,slack , FLOOD' },
      ];
      const way = plays(story, [1, 0, 0, 0], 'apprentice', done)!;
      expect(keyOf(story, way.at(-1)!)).toBe('heart');
      reader = await OfflineReader.open(browser, clock.file, { seed: [1, 0, 0, 0] });
      const { page } = reader;
      await page.clock.install();
      await page.reload();
      await begin(/^Ines/);
      for (const [i, { choice, answer }] of done.entries())
        await reader.choose(placeOf(story, way[i]!, choice), answer);
      expect(await page.getByRole('timer').textContent()).toBe('60 seconds left');
      await page.clock.runFor(20_000);
      await page.reload();
      await reader.sees(story, way.at(-1)!);
      expect(await page.getByRole('timer').textContent()).toBe('40 seconds left');
      await page.clock.runFor(41_000);
      expect(await page.locator('article h2').textContent()).toBe('The Drowned Clock');
      expect(await page.getByRole('status').textContent()).toMatch(/^Time is up\./);
      await page.getByRole('button', { name: 'Play again' }).click();
      expect(await page.locator('h2').textContent()).toBe('Whom do you play?');
      expect(reader.wrongs).toEqual([]);
    });

    it('where the browser keeps nothing, and says so', async () => {
      reader = await OfflineReader.open(browser, clock.file, {
        script: () => {
          Object.defineProperty(window, 'localStorage', {
            get: () => {
              throw new DOMException('Denied.', 'SecurityError');
            },
          });
        },
      });
      await begin(/^Bram/);
      expect(await reader.page.locator('.tools').textContent()).toContain('leave the page open');
      await reader.page.getByRole('button', { name: /Knock/ }).click();
      expect(await reader.page.locator('article h2').textContent()).toBe('The Customs House');
      expect(reader.wrongs).toEqual([]);
    });
  });

  it('plays The Dark Forest by keyboard alone, with chance of its own', async () => {
    const { story, file } = forest;
    const ending = story.nodes.findIndex(({ type }) => type === 'ending');
    const verdict = prove(story).nodes[ending]!;
    if (verdict.status !== 'reachable') throw new Error('Every ending is reachable.');
    const done = doings(story, verdict.witness.steps);
    const way = plays(story, [0], undefined, done)!;
    reader = await OfflineReader.open(browser, file);
    const { keyboard } = reader.page;
    const focused = () => reader.page.evaluate(() => document.activeElement!.textContent);
    const press = async (name: string) => {
      for (let tabs = 0; tabs < 10 && (await focused()) !== name; tabs++)
        await keyboard.press('Tab');
      expect(await focused()).toBe(name);
      await keyboard.press('Enter');
    };
    for (const [i, { choice }] of done.entries()) {
      await reader.sees(story, way[i]!);
      await press(story.choices.find(({ id }) => id === choice)!.text);
      expect(await focused()).toBe(
        story.nodes[story.indexOfNode.get(way[i + 1]!.state.node)!]!.title,
      );
    }
    await reader.sees(story, way.at(-1)!);
    await press('Play again');
    await reader.sees(story, way[0]!);
    expect(reader.wrongs).toEqual([]);
  });

  it('lets its policy keep out what anyone might have got into it', async () => {
    reader = await OfflineReader.open(browser, forest.file);
    const refused = await reader.page.evaluate(async () => {
      const found: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        found.push(effectiveDirective);
      });
      const add = (tag: string, properties: object) => {
        document.body.append(Object.assign(document.createElement(tag), properties));
      };
      add('script', { textContent: 'document.title = "run"' });
      add('style', { textContent: 'body { display: none }' });
      add('img', { src: 'https://example.org/a.png' });
      add('iframe', { src: 'https://example.org/' });
      await fetch('https://example.org/').catch(() => undefined);
      while (found.length < 5) await new Promise((resolve) => setTimeout(resolve, 20));
      return { found: found.sort(), title: document.title };
    });
    expect(refused).toEqual({
      found: ['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'style-src-elem'],
      title: 'The Dark Forest',
    });
  });
});
