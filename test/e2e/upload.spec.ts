import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { ServerProcess } from '../support/server-process.js';

const STORY = {
  title: 'From a file',
  nodes: [
    { key: 'hall', title: 'The Hall', content: 'Cold.', type: 'ending', start: true },
    ...Array.from({ length: 400 }, (_, i) => ({
      ...{ key: `n${i}`, title: `Node ${i}`, content: 'x'.repeat(4000), type: 'ending' },
    })),
  ],
};

/** On the server as it is built: the tests’ own compiler writes other metadata. */
describe('a file that is too large for a call', () => {
  let dataDir: string;
  let server: ServerProcess;
  beforeAll(async () => {
    dataDir = newDataDir();
    server = await (await ServerProcess.spawn(dataDir)).ready();
  }, 120_000);
  afterAll(async () => {
    await server.kill('SIGTERM');
    removeDataDir(dataDir);
  });

  it('is uploaded to its address, and imported from there', async () => {
    const { register } = await server.client.get(
      `mutation { register(input: { username: "filer", email: "filer@example.org", password: "a long password" }) { accessToken } }`,
    );
    const author = server.client.as(register.accessToken);
    const body = JSON.stringify(STORY);
    expect(body.length).toBeGreaterThan(1_500_000);
    const { requestUpload } = await author.get(
      `mutation ($size: Int!) { requestUpload(input: { kind: IMPORT, filename: "story.json", size: $size }) {
         id url method headers { name value } } }`,
      { size: Buffer.byteLength(body) },
    );
    const { id, url, method, headers } = requestUpload;
    const sent = await fetch(new URL(new URL(url).pathname + new URL(url).search, server.url), {
      method,
      body,
      headers: headers.map(({ name, value }: any) => [name, value]),
    });
    expect(sent.status).toBe(204);
    // What a browser calls the same file.
    const again = await fetch(sent.url, {
      method,
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect({ status: again.status, answer: await again.json() }).toEqual({
      status: 409,
      answer: { code: 'CONFLICT', message: expect.stringContaining('was used already') },
    });
    const { importStories } = await author.get(
      `mutation ($id: ID!) { importStories(input: { uploadId: $id }) { id } }`,
      { id },
    );
    let job: any;
    do {
      await setTimeout(100);
      ({ importJob: job } = await author.get(
        `query ($id: ID!) { importJob(id: $id) {
           status problems { nodes { message } } stories { nodes { title action nodes } } } }`,
        { id: importStories.id },
      ));
    } while (['QUEUED', 'RUNNING'].includes(job.status));
    expect(job).toMatchObject({
      status: 'DONE',
      stories: { nodes: [{ title: 'From a file', action: 'CREATED', nodes: 401 }] },
    });
  }, 60_000);
});
