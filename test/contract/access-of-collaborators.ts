import {
  answers,
  COLLABORATORS_OF_DRAFT,
  COLLABORATORS_OF_PUBLISHED,
  forOwner,
  OWNER_OF_DRAFT,
  OWNER_OF_PUBLISHED,
  REGISTERED,
  type TableRow,
} from './access-answers.js';

const FOR_THE_INVITED = {
  ...answers('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'),
  invited: 'ok',
} as const;

/** The operations of those who work on a story together. */
export const OF_COLLABORATORS: readonly TableRow[] = [
  [
    'comments',
    'of a published story',
    {
      call: (w) => `{ comments(storyId: "${w.published.id}") { totalCount } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'comments',
    'of a draft',
    {
      call: (w) => `{ comments(storyId: "${w.draft.id}") { totalCount } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'addComment',
    'on a published story',
    {
      call: (w) =>
        `mutation { addComment(input: { storyId: "${w.published.id}", text: "So?" }) { id } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'addComment',
    'on a node of a draft',
    {
      call: (w) =>
        `mutation { addComment(input: { nodeId: "${w.draft.node('start')}", text: "So?" }) { id } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'addComment',
    'on a choice of a draft',
    {
      call: (w) =>
        `mutation { addComment(input: { choiceId: "${w.draft.choice('start', 'end')}", text: "So?" }) { id } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'replyToComment',
    'on a draft',
    {
      call: (w) => `mutation { replyToComment(id: "${w.commentId}", text: "Yes.") { id } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'updateComment',
    'of the viewer of a draft',
    {
      call: (w) => `mutation { updateComment(id: "${w.commentId}", text: "No.") { id } }`,
      answers: {
        ...forOwner(COLLABORATORS_OF_DRAFT),
        ...({ owner: 'FORBIDDEN', admin: 'FORBIDDEN', viewer: 'ok' } as const),
      },
    },
  ],
  [
    'deleteComment',
    'of the viewer of a draft',
    {
      call: (w) => `mutation { deleteComment(id: "${w.commentId}") }`,
      answers: { ...OWNER_OF_DRAFT, viewer: 'ok' },
    },
  ],
  [
    'resolveComment',
    'of the viewer of a draft',
    {
      call: (w) => `mutation { resolveComment(id: "${w.commentId}") { id } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'reopenComment',
    'of the viewer of a draft',
    {
      call: (w) => `mutation { reopenComment(id: "${w.commentId}") { id } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  ['myStories', '', { call: () => '{ myStories { totalCount } }', answers: REGISTERED }],
  ['sharedStories', '', { call: () => '{ sharedStories { totalCount } }', answers: REGISTERED }],
  ['invitations', '', { call: () => '{ invitations { totalCount } }', answers: REGISTERED }],
  [
    'inviteCollaborator',
    'to a draft',
    {
      call: (w) =>
        `mutation { inviteCollaborator(storyId: "${w.draft.id}", input: { identifier: "${w.people.user.username}", role: EDITOR }) { id } }`,
      answers: OWNER_OF_DRAFT,
    },
  ],
  [
    'inviteCollaborator',
    'to a published story, by address',
    {
      call: (w) =>
        `mutation { inviteCollaborator(storyId: "${w.published.id}", input: { identifier: "${w.unique}@example.org", role: VIEWER }) { id } }`,
      answers: OWNER_OF_PUBLISHED,
    },
  ],
  [
    'acceptInvitation',
    'to a draft',
    {
      call: (w) => `mutation { acceptInvitation(id: "${w.invitationId}") { id } }`,
      answers: FOR_THE_INVITED,
    },
  ],
  [
    'declineInvitation',
    'to a draft',
    {
      call: (w) => `mutation { declineInvitation(id: "${w.invitationId}") }`,
      answers: FOR_THE_INVITED,
    },
  ],
  [
    'revokeInvitation',
    'to a draft',
    {
      call: (w) => `mutation { revokeInvitation(id: "${w.invitationId}") }`,
      answers: OWNER_OF_DRAFT,
    },
  ],
  [
    'setCollaboratorRole',
    'of the viewer of a draft',
    {
      call: (w) =>
        `mutation { setCollaboratorRole(storyId: "${w.draft.id}", userId: "${w.people.viewer.id}", role: EDITOR) { role } }`,
      answers: OWNER_OF_DRAFT,
    },
  ],
  [
    'removeCollaborator',
    'the editor of a draft, who leaves by it',
    {
      call: (w) =>
        `mutation { removeCollaborator(storyId: "${w.draft.id}", userId: "${w.people.editor.id}") }`,
      answers: { ...OWNER_OF_DRAFT, editor: 'ok' },
    },
  ],
  [
    'removeCollaborator',
    'the viewer of a published story, who leaves by it',
    {
      call: (w) =>
        `mutation { removeCollaborator(storyId: "${w.published.id}", userId: "${w.people.viewer.id}") }`,
      answers: { ...OWNER_OF_PUBLISHED, viewer: 'ok' },
    },
  ],
  [
    'transferStory',
    'a draft to its editor',
    {
      call: (w) =>
        `mutation { transferStory(storyId: "${w.draft.id}", userId: "${w.people.editor.id}") { id } }`,
      answers: OWNER_OF_DRAFT,
    },
  ],
  [
    'transferStory',
    'a draft to a stranger',
    {
      call: (w) =>
        `mutation { transferStory(storyId: "${w.draft.id}", userId: "${w.people.other.id}") { id } }`,
      answers: forOwner({
        ...COLLABORATORS_OF_DRAFT,
        owner: 'BAD_USER_INPUT',
        admin: 'BAD_USER_INPUT',
      }),
    },
  ],
];
