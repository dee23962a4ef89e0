import type { RequestListener } from 'node:http';
import { Logger } from '@nestjs/common';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BucketStorage } from '../../../src/media/storage/bucket-storage.js';
import { StorageUnavailable } from '../../../src/media/storage/storage-unavailable.js';
import { deadEndpoint, faultyStorage, type FaultyStorage } from '../../support/faulty-storage.js';

const PATIENCE = 300;

describe('a bucket at a server with a fault', () => {
  let server: FaultyStorage | undefined;
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  afterEach(() => server?.stop());

  const bucketAt = (endpoint: string) => {
    const key = { accessKeyId: 'key', secretAccessKey: 'secret' };
    return new BucketStorage(
      { endpoint, region: 'us-east-1', bucket: 'stories', ...key },
      PATIENCE,
    );
  };
  const bucketThat = async (answer: RequestListener) => {
    server = await faultyStorage(answer);
    return bucketAt(server.endpoint);
  };

  /** Why each way to use the bucket fails. */
  const reasons = async (bucket: BucketStorage): Promise<Set<string>> => {
    const uses = [
      bucket.assertAnswers(),
      bucket.sizeOf('a'),
      bucket.bytes('a'),
      bucket.stream('a'),
      bucket.put('a', Buffer.from('a')),
      bucket.copy('a', 'b'),
      bucket.move('a', 'b'),
      bucket.delete('a'),
      bucket.deleteFolder('a'),
    ];
    const outcomes = await Promise.allSettled(uses);
    return new Set(
      outcomes.map((outcome) =>
        outcome.status === 'rejected' && outcome.reason instanceof StorageUnavailable
          ? outcome.reason.reason
          : `not told: ${JSON.stringify(outcome)}`,
      ),
    );
  };

  it('is unavailable, and says why, where nothing listens', async () => {
    const endpoint = await deadEndpoint();
    const { host } = new URL(endpoint);
    expect([...(await reasons(bucketAt(endpoint)))]).toEqual([
      expect.stringContaining(`connect ECONNREFUSED ${host}`),
    ]);
  });

  it('is unavailable where it answers 500', async () => {
    const bucket = await bucketThat((_request, response) => {
      response.writeHead(500, { 'content-type': 'application/xml' });
      response.end('<Error><Code>InternalError</Code><Message>Out of disks.</Message></Error>');
    });
    expect(await reasons(bucket)).toEqual(
      new Set(['HTTP 500: InternalError: Out of disks.', 'HTTP 500: Unknown: UnknownError']),
    );
  });

  it('is unavailable where it refuses the key', async () => {
    const bucket = await bucketThat((_request, response) => {
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end('<Error><Code>AccessDenied</Code><Message>No.</Message></Error>');
    });
    expect(await reasons(bucket)).toEqual(
      new Set(['HTTP 403: AccessDenied: No.', 'HTTP 403: Unknown: UnknownError']),
    );
  });

  it('is unavailable where no answer comes in time', async () => {
    const bucket = await bucketThat(() => undefined);
    const began = Date.now();
    const said = await reasons(bucket);
    expect(Date.now() - began).toBeLessThan(20 * PATIENCE);
    expect([...said]).toEqual([expect.stringContaining(`exceeded the configured ${PATIENCE} ms`)]);
  });

  it('is unavailable where an answer stops on its way', async () => {
    const bucket = await bucketThat((_request, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('01234');
    });
    await expect(bucket.bytes('a')).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      reason: `Error: nothing came for ${PATIENCE} ms`,
    });
  });

  it('waits for those who read slowly', async () => {
    const bucket = await bucketThat((_request, response) => {
      response.end('0123456789');
    });
    const stream = await bucket.stream('a');
    const read: string[] = [];
    for await (const chunk of stream) {
      read.push(String(chunk));
      await new Promise((resolve) => setTimeout(resolve, 2 * PATIENCE));
    }
    expect(read.join('')).toBe('0123456789');
  });
});
