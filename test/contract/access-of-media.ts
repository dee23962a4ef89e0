import {
  EDITORS_OF_DRAFT,
  EDITORS_OF_PUBLISHED,
  REGISTERED,
  type TableRow,
} from './access-answers.js';

const FILE = 'kind: IMAGE, filename: "a.png", size: 5';

/** The operations on media. */
export const OF_MEDIA: readonly TableRow[] = [
  [
    'requestUpload',
    'for oneself',
    {
      call: () => `mutation { requestUpload(input: { ${FILE} }) { id } }`,
      answers: REGISTERED,
    },
  ],
  [
    'requestUpload',
    'for a published story',
    {
      call: (w) =>
        `mutation { requestUpload(input: { ${FILE}, storyId: "${w.published.id}" }) { id } }`,
      answers: EDITORS_OF_PUBLISHED,
    },
  ],
  [
    'requestUpload',
    'for a draft',
    {
      call: (w) =>
        `mutation { requestUpload(input: { ${FILE}, storyId: "${w.draft.id}" }) { id } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
];
