import {
  EDITORS_IN_VAIN,
  EDITORS_OF_DRAFT,
  EDITORS_OF_PUBLISHED,
  type TableRow,
} from './access-answers.js';

/** The operations of authors on whole drafts. */
export const OF_DRAFTS: readonly TableRow[] = [
  [
    'draftHistory',
    'of a published story',
    {
      call: (w) => `{ draftHistory(storyId: "${w.published.id}") { totalCount } }`,
      answers: EDITORS_OF_PUBLISHED,
    },
  ],
  [
    'draftHistory',
    'of a draft',
    {
      call: (w) => `{ draftHistory(storyId: "${w.draft.id}") { totalCount } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'undoDraft',
    'with nothing to take back',
    {
      call: (w) => `mutation { undoDraft(storyId: "${w.draft.id}") { id } }`,
      answers: EDITORS_IN_VAIN,
    },
  ],
  [
    'redoDraft',
    'with nothing to make again',
    {
      call: (w) => `mutation { redoDraft(storyId: "${w.draft.id}") { id } }`,
      answers: EDITORS_IN_VAIN,
    },
  ],
];
