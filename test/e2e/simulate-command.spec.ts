import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { startApp, type TestApp } from '../support/app.js';
import { ServerProcess } from '../support/server-process.js';

describe('story simulate', () => {
  let talegraph: TestApp;
  let dataDir: string;
  beforeAll(async () => {
    talegraph = await startApp();
    dataDir = newDataDir();
  });
  afterAll(async () => {
    removeDataDir(dataDir);
    await talegraph.close();
  });

  it('calls nodes and choices as the API does, with the keys and letters that authors know', async () => {
    const { factory } = talegraph;
    const story = await factory.newStory(await factory.newAuthor(), {
      nodes: { gate: ['pit', 'end'], pit: [], end: [] },
    });
    const command = ['story', 'simulate', story.slug, '--plays', '10'];
    const run = await ServerProcess.spawnCommand(command, dataDir, {
      DATABASE_URL: process.env.DATABASE_URL!,
    });
    expect([await run.ended(), run.output[0]]).toEqual([0, '{']);
    const told = JSON.parse(run.output);
    const gate = { nodeId: story.node('gate'), nodeKey: 'gate', hits: 10 };
    expect(told).toMatchObject({ plays: 10, strategy: 'uniform', ended: 10, stuckPath: null });
    expect(told.nodes[0]).toEqual(gate);
    expect(told.leastVisited).toContainEqual(gate);
    expect(told.endings.map(({ nodeKey }: { nodeKey: string }) => nodeKey).sort()).toEqual([
      'end',
      'pit',
    ]);
    expect(told.choices[0]).toEqual({
      choiceId: story.choice('gate', 'pit'),
      ...{ nodeKey: 'gate', letter: 'A' },
      ...{ hits: expect.any(Number), share: expect.any(Number) },
    });
    expect(run.output).not.toMatch(/"(node|choice)"/);
  }, 60_000);
});
