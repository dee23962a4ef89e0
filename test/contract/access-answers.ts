import type { MadeStory, Person } from '../support/factory.js';

/** Beside the owner, those who work on the owner's stories; who is only invited to, and who did no longer. */
export const ACTORS = [
  ...(['anonymous', 'guest', 'user', 'other', 'owner', 'admin'] as const),
  ...(['editor', 'viewer', 'invited', 'removed'] as const),
] as const;
export type Actor = (typeof ACTORS)[number];

/** What each case begins with: an author with a published story, a draft, a playthrough, a save and a second session. */
export interface World {
  readonly people: Readonly<Record<Exclude<Actor, 'anonymous'>, Person>>;
  readonly published: MadeStory;
  readonly draft: MadeStory;
  /** Of the published story. */
  readonly versionId: string;
  readonly progressId: string;
  readonly slotId: string;
  /** Of the one who is invited, to the draft. */
  readonly invitationId: string;
  /** By the viewer, on a node of the draft. */
  readonly commentId: string;
  /** By the owner, in the library of the draft. */
  readonly mediaId: string;
  /** Saved by the owner, of the published story, and not shared. */
  readonly templateId: string;
  /** Of the published story, by the one who was removed from it, and replied to by the owner. */
  readonly reviewId: string;
  /** Of the published story, by the one who is invited to it. */
  readonly hiddenReviewId: string;
  /** By the owner, of the published story. */
  readonly shareId: string;
  readonly sessionId: string;
  readonly unique: string;
}

export type Answer =
  | 'ok'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'STORY_NOT_READ';

export interface Row {
  readonly call: (world: World) => string;
  readonly answers: Readonly<Record<Actor, Answer>>;
}

export type TableRow = readonly [operation: string, on: string, row: Row];

/** Collaborators are answered like `other`, unless one of the functions below says more of them. */
export const answers = (
  anonymous: Answer,
  guest: Answer,
  user: Answer,
  other: Answer,
  owner: Answer,
  admin: Answer,
): Row['answers'] => ({
  ...{ anonymous, guest, user, other, owner, admin },
  ...{ editor: other, viewer: other, invited: other, removed: other },
});

/** What all who work on a story may do. */
export const forCollaborators = (of: Row['answers']): Row['answers'] => ({
  ...of,
  editor: of.owner,
  viewer: of.owner,
});
/** What the owner and the editors of a story may do. */
export const forEditors = (of: Row['answers']): Row['answers'] => ({
  ...of,
  editor: of.owner,
  viewer: 'FORBIDDEN',
});
/** What the owner of a story alone may do. */
export const forOwner = (of: Row['answers']): Row['answers'] => ({
  ...of,
  editor: 'FORBIDDEN',
  viewer: 'FORBIDDEN',
});

const OF_PUBLISHED = answers('UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'ok', 'ok');
const OF_DRAFT = answers('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND', 'ok', 'ok');

export const EVERYONE = answers('ok', 'ok', 'ok', 'ok', 'ok', 'ok');
export const SIGNED_IN = answers('UNAUTHENTICATED', 'ok', 'ok', 'ok', 'ok', 'ok');
export const REGISTERED = answers('UNAUTHENTICATED', 'FORBIDDEN', 'ok', 'ok', 'ok', 'ok');
export const COLLABORATORS_OF_PUBLISHED = forCollaborators(OF_PUBLISHED);
export const COLLABORATORS_OF_DRAFT = forCollaborators(OF_DRAFT);
export const EDITORS_OF_PUBLISHED = forEditors(OF_PUBLISHED);
export const EDITORS_OF_DRAFT = forEditors(OF_DRAFT);
export const OWNER_OF_PUBLISHED = forOwner(OF_PUBLISHED);
export const OWNER_OF_DRAFT = forOwner(OF_DRAFT);
/** For what editors of a draft may do, where there is nothing to do. */
export const EDITORS_IN_VAIN = forEditors({ ...OF_DRAFT, owner: 'CONFLICT', admin: 'CONFLICT' });
export const ADMIN_ONLY = answers(
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'FORBIDDEN',
  'FORBIDDEN',
  'FORBIDDEN',
  'ok',
);
export const WHOSE_IT_IS = answers(
  'UNAUTHENTICATED',
  'NOT_FOUND',
  'NOT_FOUND',
  'NOT_FOUND',
  'ok',
  'NOT_FOUND',
);
export const SELF_OR_ADMIN = answers(
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'FORBIDDEN',
  'FORBIDDEN',
  'ok',
  'ok',
);
