import type { Config } from '../../config/config.js';
import { LocalStorage } from './local-storage.js';
import type { Storage } from './storage.js';

/** The storage that the settings name. The client for buckets is loaded by those who have one alone. */
export async function openStorage(config: Config): Promise<Storage> {
  if (config.bucket === undefined) return new LocalStorage(config);
  const { BucketStorage } = await import('./bucket-storage.js');
  return new BucketStorage(config.bucket);
}
