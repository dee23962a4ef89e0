import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { noise } from '../support/sample-media.js';
import { ServerProcess } from '../support/server-process.js';

const STATUS = 'query ($id: ID!) { media(id: $id) { status url width } }';

describe('a picture', () => {
  let dataDir: string;
  let server: ServerProcess;
  beforeAll(async () => {
    dataDir = newDataDir();
    server = await (await ServerProcess.spawn(dataDir)).ready();
  }, 60_000);
  afterAll(async () => {
    await server.kill('SIGTERM');
    removeDataDir(dataDir);
  });

  it('is made by the next server where the first one was killed over it', async () => {
    const { register } = await server.client.get(
      `mutation { register(input: { username: "painter", email: "painter@example.org", password: "ink and paper" }) { accessToken } }`,
    );
    const painter = () => server.client.as(register.accessToken);
    const bytes = await noise(2600).jpeg({ quality: 90 }).toBuffer();
    const { requestUpload } = await painter().get(
      `mutation ($size: Int!) { requestUpload(input: { kind: IMAGE, filename: "noise.jpg", size: $size }) { id url headers { name value } } }`,
      { size: bytes.length },
    );
    const { pathname, search } = new URL(requestUpload.url);
    const sent = await fetch(server.url + pathname + search, {
      method: 'PUT',
      headers: Object.fromEntries(
        requestUpload.headers.map(({ name, value }: any) => [name, value]),
      ),
      body: new Uint8Array(bytes),
    });
    expect(sent.status).toBe(204);
    const { completeUpload } = await painter().get(
      'mutation ($id: ID!) { completeUpload(id: $id, input: { altText: "Noise." }) { id status } }',
      { id: requestUpload.id },
    );
    expect(completeUpload.status).toBe('PROCESSING');
    await server.kill('SIGKILL');
    server = await (await ServerProcess.spawn(dataDir)).ready();
    const media = async () => (await painter().get(STATUS, { id: completeUpload.id })).media;
    let last = await media();
    while (last.status === 'PROCESSING') {
      await setTimeout(100);
      last = await media();
    }
    expect(last).toMatchObject({ status: 'READY', width: 2560 });
    const served = await fetch(server.url + new URL(last.url).pathname);
    expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/webp']);
  }, 120_000);
});
