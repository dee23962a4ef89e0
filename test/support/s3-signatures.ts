import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';

/** Who may use a bucket. */
export interface BucketKey {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a storage answers, with 403, to a request that it does not trust. */
export type Distrust =
  'AccessDenied' | 'InvalidAccessKeyId' | 'SignatureDoesNotMatch' | 'XAmzContentSHA256Mismatch';

type Signable = Parameters<SignatureV4['presign']>[0];

const CONTENT_HASH = 'X-Amz-Content-Sha256';

/** What the signer of the AWS SDK hashes with. */
class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', secret as NodeJS.ArrayBufferView);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
}

/** Signs what came once more, by the signer of the AWS SDK, and compares. */
export class Signatures {
  readonly #signer: SignatureV4;

  constructor(private readonly key: BucketKey) {
    const { region, ...credentials } = key;
    this.#signer = new SignatureV4({
      ...{ region, credentials, service: 's3', sha256: Sha256 },
      ...{ uriEscapePath: false, applyChecksum: false },
    });
  }

  /** @param now in milliseconds since 1970. @returns undefined where the request is signed as it should be */
  distrust(request: IncomingMessage, body: Buffer, now: number): Promise<Distrust | undefined> {
    const { searchParams } = addressOf(request);
    return searchParams.has('X-Amz-Signature')
      ? this.#distrustAddress(request, now)
      : this.#distrustHeaders(request, body);
  }

  async #distrustAddress(request: IncomingMessage, now: number): Promise<Distrust | undefined> {
    const query = new Map(addressOf(request).searchParams);
    const said = (name: string) => {
      const value = query.get(name) ?? '';
      query.delete(name);
      return value;
    };
    said('X-Amz-Algorithm');
    if (!this.#isKnown(said('X-Amz-Credential'))) return 'InvalidAccessKeyId';
    const signingDate = dateOf(said('X-Amz-Date'));
    const expiresIn = Number(said('X-Amz-Expires'));
    if (now > signingDate.getTime() + expiresIn * 1000) return 'AccessDenied';
    const signature = said('X-Amz-Signature');
    const headers = picked(request, said('X-Amz-SignedHeaders'));
    headers[CONTENT_HASH] = said(CONTENT_HASH);
    const signed = await this.#signer.presign(
      { ...signable(request), query: Object.fromEntries(query), headers },
      { signingDate, expiresIn },
    );
    return signed.query!['X-Amz-Signature'] === signature ? undefined : 'SignatureDoesNotMatch';
  }

  async #distrustHeaders(request: IncomingMessage, body: Buffer): Promise<Distrust | undefined> {
    const { authorization = '', 'x-amz-date': date = '' } = request.headers;
    const [, credential, names] =
      /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), /.exec(authorization) ?? [];
    if (credential === undefined || names === undefined) return 'AccessDenied';
    if (!this.#isKnown(credential)) return 'InvalidAccessKeyId';
    const signed = await this.#signer.sign(
      { ...signable(request), headers: picked(request, names) },
      { signingDate: dateOf(String(date)) },
    );
    if (signed.headers.authorization !== authorization) return 'SignatureDoesNotMatch';
    const hash = createHash('sha256').update(body).digest('hex');
    return request.headers[CONTENT_HASH.toLowerCase()] === hash
      ? undefined
      : 'XAmzContentSHA256Mismatch';
  }

  #isKnown(credential: string): boolean {
    return credential.startsWith(`${this.key.accessKeyId}/`);
  }
}

export const addressOf = ({ url = '/', headers }: IncomingMessage) =>
  new URL(url, `http://${headers.host!}`);

function signable(request: IncomingMessage): Signable {
  const { hostname, pathname: path, searchParams } = addressOf(request);
  const query = Object.fromEntries(searchParams);
  return { method: request.method!, protocol: 'http:', hostname, path, query, headers: {} };
}

/** The headers of such names, which stand in one text with semicolons between. */
function picked({ headers }: IncomingMessage, names: string): Record<string, string> {
  return Object.fromEntries(names.split(';').map((name) => [name, String(headers[name] ?? '')]));
}

/** Of `20261126T025000Z`. */
const dateOf = (text: string) =>
  new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
