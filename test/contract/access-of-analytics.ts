import {
  answers,
  COLLABORATORS_OF_DRAFT,
  COLLABORATORS_OF_PUBLISHED,
  EDITORS_OF_PUBLISHED,
  type TableRow,
} from './access-answers.js';

/** What authors and administrators are told of readers. */
export const OF_ANALYTICS: readonly TableRow[] = [
  [
    'storyAnalytics',
    'of a published story',
    {
      call: (w) => `{ storyAnalytics(storyId: "${w.published.id}") { figures { starts } } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'storyAnalytics',
    'of a draft',
    {
      call: (w) => `{ storyAnalytics(storyId: "${w.draft.id}") { nodes { totalCount } } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'storyAnalyticsCsv',
    'of a published story',
    {
      call: (w) => `{ storyAnalyticsCsv(storyId: "${w.published.id}", table: NODES) { content } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'suggestChoices',
    'of a draft',
    {
      call: (w) => `{ suggestChoices(storyId: "${w.draft.id}") { reason } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'showChoiceShares',
    'of a published story',
    {
      call: (w) => `mutation { showChoiceShares(storyId: "${w.published.id}", show: true) { id } }`,
      answers: EDITORS_OF_PUBLISHED,
    },
  ],
  [
    'platformAnalytics',
    '',
    {
      call: () => '{ platformAnalytics { starts } }',
      answers: answers('UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'ok'),
    },
  ],
];
