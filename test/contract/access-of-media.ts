import {
  answers,
  COLLABORATORS_OF_DRAFT,
  EDITORS_OF_DRAFT,
  EDITORS_OF_PUBLISHED,
  REGISTERED,
  type TableRow,
} from './access-answers.js';

const FILE = 'kind: IMAGE, filename: "a.png", size: 5';

const NONE = 'med_999999';
const IN_VAIN = answers(
  ...([
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
  ] as const),
);

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
  [
    'mediaLibrary',
    'of one’s own',
    { call: () => '{ mediaLibrary { totalCount } }', answers: REGISTERED },
  ],
  [
    'mediaLibrary',
    'of a draft',
    {
      call: (w) => `{ mediaLibrary(storyId: "${w.draft.id}") { totalCount } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'media',
    'of a draft',
    {
      call: (w) => `{ media(id: "${w.mediaId}") { url } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'updateMedia',
    'of a draft',
    {
      call: (w) => `mutation { updateMedia(id: "${w.mediaId}", input: { altText: "A" }) { id } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'deleteMedia',
    'of a draft',
    { call: (w) => `mutation { deleteMedia(id: "${w.mediaId}") }`, answers: EDITORS_OF_DRAFT },
  ],
  [
    'media',
    'that is not there',
    { call: () => `{ media(id: "${NONE}") { id } }`, answers: IN_VAIN },
  ],
  [
    'completeUpload',
    'that is not there',
    { call: () => 'mutation { completeUpload(id: "upl_999999") { id } }', answers: IN_VAIN },
  ],
  [
    'updateMedia',
    'that is not there',
    {
      call: () => `mutation { updateMedia(id: "${NONE}", input: { altText: "A" }) { id } }`,
      answers: IN_VAIN,
    },
  ],
  [
    'deleteMedia',
    'that is not there',
    { call: () => `mutation { deleteMedia(id: "${NONE}") }`, answers: IN_VAIN },
  ],
];
