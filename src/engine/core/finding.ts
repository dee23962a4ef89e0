import type { ChoiceDefinition, NodeDefinition } from './definition.js';
import type { ProofFindingCode } from './prover/findings.js';
import type { Witness } from './prover/witness.js';
import type { MediaFindingCode } from './validate-media.js';
import type { StructureFindingCode } from './validate.js';
import type { RuleFindingCode } from './validate-rules.js';

/** The kinds of fault. Codes are stable: authors' tools key on them. */
export type FindingCode = DraftFindingCode | ProofFindingCode;

/** Those that need no proof. */
export type DraftFindingCode = StructureFindingCode | MediaFindingCode | RuleFindingCode;

/** An error keeps a story from being published; a warning does not. */
export type Severity = 'error' | 'warning';

export interface Finding<Code extends FindingCode = FindingCode> {
  readonly code: Code;
  readonly severity: Severity;
  /** The node it is about; undefined when it is about the whole story. */
  readonly node?: NodeDefinition;
  /** The choice it is about, one of `node`'s. */
  readonly choice?: ChoiceDefinition;
  /** What is wrong. */
  readonly message: string;
  /** What the author can do about it. */
  readonly fix: string;
  /** The shortest play that shows it, where a proof found it. */
  readonly witness?: Witness;
}

/** What the validator finds without a proof. */
export type DraftFinding = Finding<DraftFindingCode>;
