import type { MadeStory, Person } from '../support/factory.js';

export const ACTORS = ['anonymous', 'guest', 'user', 'other', 'owner', 'admin'] as const;
export type Actor = (typeof ACTORS)[number];

/** What each case begins with: an author with a published story, a draft, a playthrough, a save and a second session. */
export interface World {
  readonly people: Readonly<Record<Exclude<Actor, 'anonymous'>, Person>>;
  readonly published: MadeStory;
  readonly draft: MadeStory;
  readonly progressId: string;
  readonly slotId: string;
  readonly sessionId: string;
  readonly unique: string;
}

export type Answer =
  'ok' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'BAD_USER_INPUT' | 'CONFLICT';

export interface Row {
  readonly call: (world: World) => string;
  readonly answers: Readonly<Record<Actor, Answer>>;
}

export type TableRow = readonly [operation: string, on: string, row: Row];

export const answers = (
  anonymous: Answer,
  guest: Answer,
  user: Answer,
  other: Answer,
  owner: Answer,
  admin: Answer,
): Row['answers'] => ({ anonymous, guest, user, other, owner, admin });

export const EVERYONE = answers('ok', 'ok', 'ok', 'ok', 'ok', 'ok');
export const SIGNED_IN = answers('UNAUTHENTICATED', 'ok', 'ok', 'ok', 'ok', 'ok');
export const REGISTERED = answers('UNAUTHENTICATED', 'FORBIDDEN', 'ok', 'ok', 'ok', 'ok');
export const EDITORS_OF_PUBLISHED = answers(
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'FORBIDDEN',
  'FORBIDDEN',
  'ok',
  'ok',
);
export const EDITORS_OF_DRAFT = answers(
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'NOT_FOUND',
  'ok',
  'ok',
);
/** For what editors of a draft may do, where there is nothing to do. */
export const EDITORS_IN_VAIN = answers(
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'NOT_FOUND',
  'CONFLICT',
  'CONFLICT',
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
