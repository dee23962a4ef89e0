import type { DraftFindingCode } from '../../engine/core/finding.js';

/** The kinds of fault that only files have. Codes are stable: authors' tools key on them. */
export type FileProblemCode =
  | 'UNKNOWN_FORMAT'
  | 'FAULTY_SYNTAX'
  | 'FAULTY_TABLE'
  | 'NO_STORY'
  | 'SEVERAL_STORIES'
  | 'DUPLICATE_STORY'
  | 'SLUG_TAKEN'
  | 'SHARED_STORY'
  | 'UNKNOWN_FIELD'
  | 'DUPLICATE_FIELD'
  | 'MISSING_FIELD'
  | 'FAULTY_VALUE'
  | 'UNKNOWN_NODE'
  | 'UNKNOWN_MEDIUM'
  | 'UNUSED_MEDIUM'
  | 'FAULTY_MEDIUM'
  | 'MISSING_MEDIUM'
  | 'FAULTY_STORY_DATA'
  | 'UNKNOWN_STORY_FORMAT'
  | 'DUPLICATE_PASSAGE'
  | 'FAULTY_PASSAGE'
  | 'LEFT_OUT'
  | 'OVER_LIMIT'
  | 'KEPT_CODE'
  | 'LOST_RULE'
  | 'MORE_PROBLEMS'
  | 'OTHER';

/** What can be wrong with a file: what only files have, and what the validator finds in stories. */
export type ProblemCode = FileProblemCode | DraftFindingCode;
