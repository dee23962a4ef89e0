import { connect } from 'node:net';
import { expect, it } from '@jest/globals';
import { startApp } from '../../support/app.js';

it('a client that never reads its answer does not keep the server from stopping', async () => {
  const talegraph = await startApp();
  const { hostname, port } = new URL(talegraph.url);
  const page = await fetch(`${talegraph.url}/graphql`, { headers: { accept: 'text/html' } });
  const [, script] = /<script[^>]*src="([^"]*main[^"]*\.js)"/.exec(await page.text()) ?? [];
  const client = connect(Number(port), hostname);
  client.on('error', () => undefined);
  const isSending = new Promise((resolve) => client.once('readable', resolve));
  const path = new URL(script!, `${talegraph.url}/graphql/ide/`).pathname;
  // Many at once: more than fits into the buffers of the network.
  client.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`.repeat(20));
  await isSending;
  const since = performance.now();
  await talegraph.close();
  const took = performance.now() - since;
  client.destroy();
  expect(took).toBeGreaterThan(4000);
  expect(took).toBeLessThan(20_000);
});
