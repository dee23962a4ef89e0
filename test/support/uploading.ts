import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Config } from '../../src/config/config.js';
import { decodeId } from '../../src/graphql/ids.js';
import type { TestApp } from './app.js';
import type { Person } from './factory.js';

const REQUEST = `mutation ($input: RequestUploadInput!) {
  requestUpload(input: $input) { id url method headers { name value } expiresAt maxBytes }
}`;

const MEDIUM = 'id kind status altText url';
const COMPLETE = `mutation ($id: ID!, $altText: String) {
  completeUpload(id: $id, input: { altText: $altText }) { ${MEDIUM} }
}`;
const LOOK = `query ($id: ID!) { media(id: $id) { ${MEDIUM} thumbnailUrl contentType size width height color durationSeconds } }`;

export interface Requested {
  readonly id: string;
  readonly url: string;
  readonly headers: readonly { name: string; value: string }[];
  readonly expiresAt: string;
  readonly maxBytes: number;
}

/** What the server answers on its own routes. */
export interface RouteAnswer {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** Uploads files as clients do, and looks at what lies in the storage. */
export class Uploader {
  constructor(
    private readonly talegraph: TestApp,
    readonly person: Person,
  ) {}

  get client() {
    return this.talegraph.client.as(this.person.token);
  }

  async request(input: object): Promise<Requested> {
    return (await this.client.get(REQUEST, { input })).requestUpload as Requested;
  }

  refusedRequest(input: object) {
    return this.client.fail(REQUEST, { input });
  }

  /** Requests an upload and sends the bytes. @returns its id */
  async send(
    kind: 'IMAGE' | 'AUDIO' | 'IMPORT',
    filename: string,
    bytes: Uint8Array,
    storyId?: string,
  ): Promise<string> {
    const upload = await this.request({ kind, filename, size: bytes.length, storyId });
    const { status } = await this.put(upload.url, bytes);
    if (status !== 204) throw new Error(`the upload was answered ${status}`);
    return upload.id;
  }

  async complete(id: string, altText?: string): Promise<{ id: string; status: string }> {
    return (await this.client.get(COMPLETE, { id, altText })).completeUpload;
  }

  refusedComplete(id: string) {
    return this.client.fail(COMPLETE, { id });
  }

  /** Uploads a file and waits until the medium is made. @returns all of it */
  async media(
    kind: 'IMAGE' | 'AUDIO',
    filename: string,
    bytes: Uint8Array,
    { altText, storyId }: { altText?: string; storyId?: string } = {},
  ): Promise<any> {
    return this.ready(
      (await this.complete(await this.send(kind, filename, bytes, storyId), altText)).id,
    );
  }

  /** A medium, once it is made and the upload that it came from is cleared away. */
  async ready(id: string): Promise<any> {
    for (;;) {
      const { media } = await this.client.get(LOOK, { id });
      const [from] = await this.talegraph.database.query<{ key: string }[]>(
        'SELECT key FROM uploads WHERE media_id = $1',
        [decodeId('media', id, 'id')],
      );
      const isLeft = existsSync(join(folderOf(this.talegraph), 'uploads', from!.key, 'bytes'));
      if (media.status !== 'PROCESSING' && !isLeft) return media;
      await setTimeout(50);
    }
  }

  /** Sends bytes to an address of the server that the test runs. */
  async put(
    url: string,
    body: Uint8Array | ReadableStream,
    type = 'application/octet-stream',
  ): Promise<RouteAnswer> {
    // What Node takes; browsers, whose types some tests are checked by, take less.
    const init: object = {
      method: 'PUT',
      headers: { 'content-type': type },
      body,
      duplex: 'half',
    };
    const response = await fetch(this.here(url), init);
    const text = await response.text();
    const answer = (text === '' ? {} : JSON.parse(text)) as { code?: string; message?: string };
    return { status: response.status, code: answer.code, message: answer.message };
  }

  /** The same address on the port that the test's server has. */
  here(url: string): string {
    const { pathname, search } = new URL(url);
    return this.talegraph.url + pathname + search;
  }
}

/** Every file of the storage, with its digest. */
export function storedFiles(talegraph: TestApp): Record<string, string> {
  const folder = folderOf(talegraph);
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
  const digest = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(files.map((name) => [name, digest(name)]));
}

const folderOf = ({ app }: TestApp) => join(app.get(Config).dataDir, 'media');
