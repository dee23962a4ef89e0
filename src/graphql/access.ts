import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { requestOf } from './context.js';
import { forbidden, unauthenticated } from './errors.js';
import type { Role, Viewer } from './viewer.js';

/** Who may call a root field or an HTTP route. */
export enum Access {
  /** Anyone, signed in or not. */
  Public = 'PUBLIC',
  /** Any signed-in user, guests included. */
  SignedIn = 'SIGNED_IN',
  /** Users with an account. */
  Registered = 'REGISTERED',
  Admin = 'ADMIN',
}

export const ACCESS_METADATA = 'talegraph:access';

/** Method decorator: declares who may call. What declares nothing is refused to all. */
export const AccessFor = (access: Access) => SetMetadata(ACCESS_METADATA, access);

const ROLES: Record<Exclude<Access, Access.Public>, readonly Role[]> = {
  [Access.SignedIn]: ['guest', 'user', 'admin'],
  [Access.Registered]: ['user', 'admin'],
  [Access.Admin]: ['admin'],
};

/** Refuses every call that its field's or route's declared access does not allow. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    const handler = execution.getHandler();
    const access = this.reflector.get<Access | undefined>(ACCESS_METADATA, handler);
    if (access === undefined)
      throw forbidden(`${handler.name} declares no access, so nobody has it.`);
    assertAccess(access, requestOf(execution).viewer);
    return true;
  }
}

/** @throws {ApiError} `UNAUTHENTICATED` when signing in could help, `FORBIDDEN` when it could not */
export function assertAccess(access: Access, viewer: Viewer | undefined): void {
  if (access === Access.Public) return;
  if (viewer === undefined) {
    throw unauthenticated('Sign in first: send "Authorization: Bearer <accessToken>".');
  }
  if (!ROLES[access].includes(viewer.role)) {
    throw forbidden(
      access === Access.Admin
        ? 'Only administrators may do this.'
        : 'Guests may not do this. Register to turn this guest into an account; nothing is lost.',
    );
  }
}
