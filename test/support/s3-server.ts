import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { BucketSettings } from '../../src/config/storage-url.js';
import { addressOf, Signatures, type BucketKey } from './s3-signatures.js';

/** What can be wrong with a storage that runs: it answers nothing, or 503. */
type Fault = 'hangs' | 'fails';

/** What is asked of the bucket. */
interface Wanted {
  readonly method: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const BUCKET = 'stories';

/**
 * An S3-compatible storage with one bucket, in memory: as much of the protocol as the server speaks, and no request is
 * served that is not signed with the key.
 */
export class S3Server {
  /** What lies in the bucket. */
  readonly files = new Map<string, Buffer>();
  /** What is wrong with requests of a method, if anything. */
  faultOf: (method: string) => Fault | undefined = () => undefined;
  /** The time by its own clock, in milliseconds since 1970. */
  now: () => number = Date.now;
  readonly #key: BucketKey = {
    region: 'eu-central-1',
    accessKeyId: 'key',
    secretAccessKey: 'a secret/of the+bucket',
  };
  readonly #signatures = new Signatures(this.#key);
  readonly #server = createServer((request, response) => {
    void this.#answer(request, response);
  });
  #port = 0;

  /** How to reach the bucket. */
  get settings(): BucketSettings {
    return { ...this.#key, endpoint: `http://127.0.0.1:${this.#port}`, bucket: BUCKET };
  }

  /** The same as a setting of Talegraph. */
  get url(): string {
    const { endpoint, region, accessKeyId, secretAccessKey } = this.settings;
    const key = `${accessKeyId}:${encodeURIComponent(secretAccessKey)}`;
    return `s3://${key}@host/${BUCKET}?endpoint=${endpoint}&region=${region}`;
  }

  /** Listens on a free port; again on the same one after it was stopped. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Ends it, with whoever waits for it; the files stay. */
  async stop(): Promise<void> {
    const stopped = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await stopped;
  }

  /** Forgets all files and faults, and sets the clock right. */
  reset(): void {
    this.files.clear();
    this.faultOf = () => undefined;
    this.now = Date.now;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = addressOf(request);
    const method = request.method!;
    const fault = this.faultOf(method);
    if (fault === 'hangs') return;
    const body = await buffer(request);
    const [, bucket, ...key] = pathname.split('/').map(decodeURIComponent);
    const distrust = await this.#signatures.distrust(request, body, this.now());
    if (fault === 'fails') refuse(response, 503, 'SlowDown');
    else if (distrust !== undefined) refuse(response, 403, distrust);
    else if (bucket !== BUCKET) refuse(response, 404, 'NoSuchBucket');
    else {
      const { headers } = request;
      this.#serve({ method, key: key.join('/'), query: searchParams, headers, body }, response);
    }
  }

  #serve(wanted: Wanted, response: ServerResponse): void {
    const { method, key, query, headers } = wanted;
    const source = headers['x-amz-copy-source'];
    if (key === '' && method === 'HEAD') response.end();
    else if (key === '' && method === 'GET' && query.get('list-type') === '2')
      this.#list(wanted, response);
    else if (key === '' && method === 'POST' && query.has('delete'))
      this.#deleteAll(wanted, response);
    else if (method === 'HEAD' || method === 'GET') this.#read(wanted, response);
    else if (method === 'PUT' && source !== undefined) this.#copy(String(source), key, response);
    else if (method === 'PUT') this.#write(wanted, response);
    else if (method === 'DELETE') {
      this.files.delete(key);
      response.writeHead(204).end();
    } else refuse(response, 501, 'NotImplemented');
  }

  #list({ query }: Wanted, response: ServerResponse): void {
    const keys = [...this.files.keys()].filter((key) => key.startsWith(query.get('prefix') ?? ''));
    const contents = keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
    answer(
      response,
      `<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`,
    );
  }

  #deleteAll({ body }: Wanted, response: ServerResponse): void {
    for (const [, key = ''] of String(body).matchAll(/<Key>([^<]+)<\/Key>/g))
      this.files.delete(key);
    answer(response, '<DeleteResult/>');
  }

  #read({ method, key, headers }: Wanted, response: ServerResponse): void {
    const file = this.files.get(key);
    if (file === undefined) {
      refuse(response, 404, 'NoSuchKey');
      return;
    }
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
    const part = start === undefined ? file : file.subarray(Number(start), Number(end) + 1);
    response.writeHead(start === undefined ? 200 : 206, { 'content-length': part.length });
    response.end(method === 'GET' ? part : undefined);
  }

  #copy(source: string, key: string, response: ServerResponse): void {
    const file = this.files.get(decodeURIComponent(source).replace(`/${BUCKET}/`, ''));
    if (file === undefined) {
      refuse(response, 404, 'NoSuchKey');
      return;
    }
    this.files.set(key, file);
    answer(response, '<CopyObjectResult/>');
  }

  #write({ key, body }: Wanted, response: ServerResponse): void {
    this.files.set(key, body);
    response.end();
  }
}

function answer(response: ServerResponse, xml: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${xml}`);
}

const refuse = (response: ServerResponse, status: number, code: string) => {
  answer(response, `<Error><Code>${code}</Code><Message>Refused.</Message></Error>`, status);
};
