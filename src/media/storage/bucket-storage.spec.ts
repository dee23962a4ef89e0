import { describe, expect, it } from '@jest/globals';
import { BucketStorage } from './bucket-storage.js';

describe('an address for an upload to a bucket', () => {
  const storage = new BucketStorage({
    endpoint: 'https://s3.example.org',
    region: 'eu-central-1',
    bucket: 'stories',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
  });
  const address = async (size: number) =>
    new URL(
      await storage.uploadUrl({
        key: 'uploads/token/bytes',
        size,
        expiresAt: new Date(Date.now() + 900_000),
      }),
    );

  it('leads there, expires, and is signed together with the length of the file', async () => {
    const { origin, pathname, searchParams } = await address(5);
    expect([origin, pathname]).toEqual(['https://s3.example.org', '/stories/uploads/token/bytes']);
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;host');
    expect(Number(searchParams.get('X-Amz-Expires'))).toBeGreaterThanOrEqual(899);
    expect(Number(searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(900);
    expect(searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
    expect(searchParams.get('X-Amz-Credential')).toMatch(/^key\/\d{8}\/eu-central-1\/s3\//);
  });

  it('does not carry the secret, nor the checksum of another file', async () => {
    const { href } = await address(5);
    expect(href).not.toContain('secret');
    expect(href.toLowerCase()).not.toContain('checksum');
  });
});
