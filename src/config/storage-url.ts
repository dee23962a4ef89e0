/** A bucket of an S3-compatible storage, and how it is reached. */
export interface BucketSettings {
  /** Such as `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const PARAMETERS = new Set(['region', 'endpoint']);

/** @returns undefined when `text` is not `s3://key:secret@host/bucket`, with a region and an endpoint if need be */
export function parseStorageUrl(text: string): BucketSettings | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, username, password, pathname, searchParams } = new URL(text);
  const [, bucket] = /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/.exec(pathname) ?? [];
  const endpoint = searchParams.get('endpoint') ?? `https://${host}`;
  const isWhole =
    protocol === 's3:' && host !== '' && username !== '' && password !== '' && bucket !== undefined;
  const isKnown = [...searchParams.keys()].every((name) => PARAMETERS.has(name));
  if (!isWhole || !isKnown || !/^https?:\/\/[^/?#]+\/?$/.test(endpoint)) return undefined;
  return {
    endpoint: endpoint.replace(/\/$/, ''),
    region: searchParams.get('region') ?? 'us-east-1',
    bucket,
    accessKeyId: decodeURIComponent(username),
    secretAccessKey: decodeURIComponent(password),
  };
}
