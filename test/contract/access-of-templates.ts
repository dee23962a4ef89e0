import {
  answers,
  COLLABORATORS_OF_DRAFT,
  EDITORS_OF_DRAFT,
  REGISTERED,
  type TableRow,
} from './access-answers.js';

/** A template that its owner does not share. */
const KEEPER = answers('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND', 'ok', 'ok');

/** The operations of authors on templates. */
export const OF_TEMPLATES: readonly TableRow[] = [
  [
    'templateLibrary',
    '',
    { call: () => '{ templateLibrary { totalCount } }', answers: REGISTERED },
  ],
  [
    'template',
    '',
    { call: (w) => `{ template(id: "${w.templateId}") { title } }`, answers: KEEPER },
  ],
  [
    'saveTemplate',
    'of a draft',
    {
      call: (w) =>
        `mutation { saveTemplate(storyId: "${w.draft.id}", input: { title: "T", description: "D" }) { id } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'updateTemplate',
    '',
    {
      call: (w) =>
        `mutation { updateTemplate(id: "${w.templateId}", input: { isShared: true }) { id } }`,
      answers: KEEPER,
    },
  ],
  [
    'deleteTemplate',
    '',
    { call: (w) => `mutation { deleteTemplate(id: "${w.templateId}") }`, answers: KEEPER },
  ],
  [
    'createStoryFromTemplate',
    'that is not shared',
    {
      call: (w) =>
        `mutation { createStoryFromTemplate(templateId: "${w.templateId}", input: { title: "T" }) { id } }`,
      answers: KEEPER,
    },
  ],
  [
    'insertTemplate',
    'that is not shared',
    {
      call: (w) =>
        `mutation { insertTemplate(storyId: "${w.draft.id}", templateId: "${w.templateId}") { story { id } } }`,
      // Editors of the draft do not have the owner’s template.
      answers: { ...EDITORS_OF_DRAFT, editor: 'NOT_FOUND' },
    },
  ],
];
