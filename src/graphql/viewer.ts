export type Role = 'guest' | 'user' | 'admin';

/** The signed-in user of a request. */
export interface Viewer {
  readonly userId: number;
  readonly role: Role;
  readonly sessionId: number;
}
