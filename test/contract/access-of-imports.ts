import { answers, EDITORS_OF_DRAFT, REGISTERED, type TableRow } from './access-answers.js';

/** The operations on files that are imported. */
export const OF_IMPORTS: readonly TableRow[] = [
  [
    'importStories',
    'with new stories',
    {
      call: () => `mutation { importStories(input: { content: "{}" }) { id } }`,
      answers: REGISTERED,
    },
  ],
  [
    'importStories',
    'into a draft',
    {
      call: (w) =>
        `mutation { importStories(input: { content: "{}", storyId: "${w.draft.id}" }) { id } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  ['importJobs', '', { call: () => '{ importJobs { totalCount } }', answers: REGISTERED }],
  [
    'importJob',
    'that is not there',
    {
      call: () => '{ importJob(id: "imp_999999") { id } }',
      answers: answers(
        'UNAUTHENTICATED',
        'FORBIDDEN',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
      ),
    },
  ],
];
