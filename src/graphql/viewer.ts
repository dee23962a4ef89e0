import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { contextOf } from './context.js';

export type Role = 'guest' | 'user' | 'admin';

/** The signed-in user of a request. */
export interface Viewer {
  readonly userId: number;
  readonly role: Role;
  readonly sessionId: number;
}

/** Parameter decorator: the viewer, or undefined for an anonymous request. */
export const CurrentViewer = createParamDecorator(
  (_: unknown, execution: ExecutionContext): Viewer | undefined => contextOf(execution).req.viewer,
);
