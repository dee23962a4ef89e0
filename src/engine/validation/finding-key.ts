import { createHash } from 'node:crypto';
import type { Finding } from '../core/finding.js';
import type { FindingRecord } from '../core/prover/proof-record.js';
import type { CompiledStory } from '../core/story.js';

const hashOf = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24);

/** Names a finding: the same fault at the same place has the same key, whenever it is found. */
export const findingKey = ({ code, node, choice, message }: FindingRecord): string =>
  hashOf([code, node?.id, choice?.id, node === undefined ? message : undefined]);

/** Tells whether the place of a finding is still what it was: its node, or for the whole story what that declares. */
export const placeHash = ({ node }: Finding, { schema }: CompiledStory): string =>
  hashOf(node ?? schema);
