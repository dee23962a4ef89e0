import { expect } from '@jest/globals';
import { parseFragment, serialize } from 'parse5';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { offersAt } from '../../src/engine/core/offer.js';
import type { WitnessStep } from '../../src/engine/core/prover/witness.js';
import { readMemory } from '../../src/engine/core/state.js';
import type { CompiledStory } from '../../src/engine/core/story.js';
import { contentFor } from '../../src/engine/core/templates/texts.js';
import { begin, chosen, type Play } from '../../src/player/play.js';
import { renderMarkdown } from '../../src/stories/markdown.js';

/** What a reader does: the choice, by its id, and the answer to its puzzle. */
export interface Doing {
  readonly choice: number;
  readonly answer?: string;
}

/** A page that a reader has opened with no network; everything that goes wrong in it is written down. */
export class OfflineReader {
  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    /** Requests beyond the file itself, errors, warnings and breaches of the policy. */
    readonly wrongs: readonly string[],
  ) {}

  /** @param seed what the page takes for random, so that dice fall as wanted */
  static async open(
    browser: Browser,
    file: string,
    { seed, script }: { seed?: readonly number[]; script?: () => void } = {},
  ): Promise<OfflineReader> {
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    const wrongs: string[] = [];
    page.on('request', (request) => {
      if (request.url() !== file) wrongs.push(`request: ${request.url()}`);
    });
    page.on('console', (message) => wrongs.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => wrongs.push(`error: ${error.message}`));
    if (seed !== undefined) await page.addInitScript(takeForRandom, [...seed]);
    if (script !== undefined) await page.addInitScript(script);
    await page.goto(file);
    return new OfflineReader(context, page, wrongs);
  }

  close(): Promise<void> {
    return this.context.close();
  }

  /** Chooses as a reader with a pointer does. @param place of the choice among those that are offered */
  async choose(place: number, answer?: string): Promise<void> {
    const item = this.page.locator('.choices > li').nth(place);
    if (answer === undefined) {
      await item.locator('button').click();
      return;
    }
    await item.locator('input').fill(answer);
    await item.locator('input').press('Enter');
  }

  /** Shows that the page says what the server would: the same HTML, the same choices, open and closed. */
  async sees(story: CompiledStory, { state }: Play): Promise<void> {
    const node = story.indexOfNode.get(state.node)!;
    const memory = readMemory(story, state);
    const { title, type } = story.nodes[node]!;
    const shown = await this.page.evaluate(readPage);
    expect(shown.title).toBe(title);
    expect(normal(shown.html)).toBe(normal(renderMarkdown(contentFor(story, memory, node))));
    const offers = type === 'ending' ? [] : offersAt(story, memory, node);
    expect(shown.choices).toEqual(
      offers.map(({ choice, lockedReason }) => ({
        letter: `"${choice.letter}. "`,
        text: choice.text,
        reason: lockedReason ?? null,
      })),
    );
  }
}

/** Runs in the page. */
function takeForRandom(seed: number[]): void {
  crypto.getRandomValues = ((array: Uint32Array) => {
    array.set(seed);
    return array;
  }) as typeof crypto.getRandomValues;
}

/** Runs in the page. */
function readPage() {
  const article = document.querySelector('article')!.cloneNode(true) as HTMLElement;
  const heading = article.querySelector('h2')!;
  heading.remove();
  for (const link of article.querySelectorAll('a')) link.removeAttribute('target');
  return {
    title: heading.textContent,
    html: article.innerHTML,
    choices: [...document.querySelectorAll<HTMLElement>('.choices > li')].map((item) => ({
      letter: getComputedStyle(item).listStyleType,
      text: item.querySelector('label, button')!.textContent,
      reason: item.querySelector('button:disabled + .note')?.textContent ?? null,
    })),
  };
}

const normal = (html: string) => serialize(parseFragment(html)).trim();

/** What a reader does to follow a proof: choices, and right or wrong answers. */
export const doings = (story: CompiledStory, steps: readonly WitnessStep[]): Doing[] =>
  steps.map((step) => {
    if ('set' in step) throw new Error('No sample needs its reader to set anything.');
    const { choice, answer } = step;
    const right = story.choices.find(({ id }) => id === choice)!.puzzle?.answers[0];
    if (answer === undefined) return { choice };
    return { choice, answer: answer === 'right' ? right! : 'surely wrong' };
  });

/** Where a reader stands at first and after each thing they do. */
export function plays(
  story: CompiledStory,
  seed: readonly number[],
  protagonist: string | undefined,
  done: readonly Doing[],
): Play[] | undefined {
  const options = { seed: seed.join('-'), now: 0, ...(protagonist && { protagonist }) };
  const made = [begin(story, options)!.play];
  for (const { choice, answer } of done) {
    const next = chosen(story, made.at(-1)!, choice, { now: 0, ...(answer && { answer }) });
    if (next === undefined) return undefined;
    made.push(next.play);
  }
  return made;
}
