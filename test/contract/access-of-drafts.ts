import {
  COLLABORATORS_OF_DRAFT,
  COLLABORATORS_OF_PUBLISHED,
  EDITORS_IN_VAIN,
  EDITORS_OF_DRAFT,
  EDITORS_OF_PUBLISHED,
  forEditors,
  type TableRow,
} from './access-answers.js';

/** The operations of authors on whole drafts. */
export const OF_DRAFTS: readonly TableRow[] = [
  [
    'draftHistory',
    'of a published story',
    {
      call: (w) => `{ draftHistory(storyId: "${w.published.id}") { totalCount } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'draftHistory',
    'of a draft',
    {
      call: (w) => `{ draftHistory(storyId: "${w.draft.id}") { totalCount } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'storyVersions',
    'of a published story',
    {
      call: (w) => `{ storyVersions(storyId: "${w.published.id}") { totalCount } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'storyVersion',
    'of a published story, with its content',
    {
      call: (w) => `{ storyVersion(id: "${w.versionId}") { content { nodes { totalCount } } } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'compareVersions',
    'of a draft never published',
    {
      call: (w) => `{ compareVersions(storyId: "${w.draft.id}") { isEqual } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'restoreVersion',
    'that the draft does not have',
    {
      call: (w) =>
        `mutation { restoreVersion(storyId: "${w.draft.id}", versionId: "ver_999999") { id } }`,
      answers: forEditors({
        ...EDITORS_OF_DRAFT,
        owner: 'BAD_USER_INPUT',
        admin: 'BAD_USER_INPUT',
      }),
    },
  ],
  [
    'findInDraft',
    'of a published story',
    {
      call: (w) =>
        `{ findInDraft(storyId: "${w.published.id}", input: { text: "e" }) { totalCount } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'previewText',
    'for a draft',
    {
      call: (w) => `{ previewText(storyId: "${w.draft.id}", input: { text: "Hm." }) { html } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'previewText',
    'of a node of a published story',
    {
      call: (w) =>
        `{ previewText(storyId: "${w.published.id}", input: { nodeId: "${w.published.node('end')}" }) { text words } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'replaceInDraft',
    'of a draft',
    {
      call: (w) =>
        `mutation { replaceInDraft(storyId: "${w.draft.id}", input: { text: "e", replacement: "é" }) { count } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'storyUsages',
    'of a published story',
    {
      call: (w) => `{ storyUsages(storyId: "${w.published.id}") { totalCount } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'renameDeclaration',
    'of a node of a draft',
    {
      call: (w) =>
        `mutation { renameDeclaration(storyId: "${w.draft.id}", input: { kind: NODE, from: "end", to: "fin" }) { count } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'moveNodes',
    'of a draft',
    {
      call: (w) =>
        `mutation { moveNodes(storyId: "${w.draft.id}", input: { nodes: [{ id: "${w.draft.node('end')}", position: { x: 1, y: 2 } }] }) { count } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'groupNodes',
    'of a draft',
    {
      call: (w) =>
        `mutation { groupNodes(storyId: "${w.draft.id}", input: { nodeIds: ["${w.draft.node('end')}"], chapter: "One" }) { count } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'tagNodes',
    'of a draft',
    {
      call: (w) =>
        `mutation { tagNodes(storyId: "${w.draft.id}", input: { nodeIds: ["${w.draft.node('end')}"], add: ["dark"] }) { count } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'duplicateNodes',
    'of a draft',
    {
      call: (w) =>
        `mutation { duplicateNodes(storyId: "${w.draft.id}", input: { nodeIds: ["${w.draft.node('end')}"] }) { id } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'renameChapter',
    'that the draft does not have',
    {
      call: (w) =>
        `mutation { renameChapter(storyId: "${w.draft.id}", input: { from: "One", to: "Two" }) { count } }`,
      answers: {
        ...EDITORS_OF_DRAFT,
        editor: 'BAD_USER_INPUT',
        owner: 'BAD_USER_INPUT',
        admin: 'BAD_USER_INPUT',
      },
    },
  ],
  [
    'publishImpact',
    'of a published story',
    {
      call: (w) => `{ publishImpact(storyId: "${w.published.id}") { playthroughs } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'exportStory',
    'of a published story',
    {
      call: (w) => `{ exportStory(storyId: "${w.published.id}", format: TWEE) { url } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'exportStory',
    'of a draft',
    {
      call: (w) => `{ exportStory(storyId: "${w.draft.id}", format: HTML) { size } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'movePlaythroughs',
    'of a published story',
    {
      call: (w) => `mutation { movePlaythroughs(storyId: "${w.published.id}") { id } }`,
      answers: EDITORS_OF_PUBLISHED,
    },
  ],
  [
    'playthroughMoves',
    'of a published story',
    {
      call: (w) => `{ playthroughMoves(storyId: "${w.published.id}") { totalCount } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
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
  [
    'defineStory',
    'a draft',
    {
      call: (w) =>
        `mutation { defineStory(storyId: "${w.draft.id}", revision: 1, input: { items: [{ key: "lamp", name: "Lamp" }] }) { id } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
];
