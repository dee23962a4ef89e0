import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Seeder } from '../../seeds/seeder.js';
import { startApp, type TestApp } from '../support/app.js';
import { describeInBrowser, launchBrowser } from '../support/browser.js';

describeInBrowser('the IDE in a browser', () => {
  let talegraph: TestApp;
  let browser: Browser;
  let page: Page;
  const elsewhere: string[] = [];
  const answers: { operationName: string; data?: any; errors?: unknown }[] = [];
  beforeAll(async () => {
    talegraph = await startApp();
    await talegraph.app.get(Seeder).seedStories();
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.route('**/graphql', async (route) => {
      const { operationName } = (route.request().postDataJSON() ?? {}) as {
        operationName?: string;
      };
      const response = await route.fetch();
      if (operationName) answers.push({ operationName, ...((await response.json()) as object) });
      await route.fulfill({ response });
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(talegraph.url) && !/^(data|blob):/.test(request.url())) {
        elsewhere.push(request.url());
      }
    });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await talegraph.close();
  });

  /** Clicks the button above an operation. @returns the data of the answer to it */
  const run = async (operation: string) => {
    const sent = answers.length;
    await page.getByText(new RegExp(`\\(Send \\w+ ${operation}\\)`)).click();
    while (answers.length === sent) await page.waitForTimeout(50);
    const { operationName, data, errors } = answers.at(-1)!;
    expect([operationName, errors]).toEqual([operation, undefined]);
    // The IDE keeps what the next operation needs in a frame of its own.
    await page.waitForTimeout(1500);
    return data;
  };

  it('opens with examples that play a story when run from the top, and asks no other host', async () => {
    await page.goto(`${talegraph.url}/graphql`);
    expect((await run('ComeIn')).continueAsGuest.user.role).toBe('GUEST');
    expect((await run('FindAStory')).stories.nodes[0].title).toBe('The Dark Forest');
    expect((await run('Start')).startStory.currentNode.title).toBe('The Clearing');
    expect((await run('Choose')).makeChoice.progress.step).toBe(1);
    expect((await run('Choose')).makeChoice.progress.step).toBe(2);
    // Totals are counted in the background.
    let { userStats } = await run('WhatIHaveDone');
    while (userStats.totalChoicesMade < 2) ({ userStats } = await run('WhatIHaveDone'));
    expect(userStats).toEqual({ storiesStarted: 1, storiesCompleted: 0, totalChoicesMade: 2 });
    expect(elsewhere).toEqual([]);
  }, 60_000);
});
