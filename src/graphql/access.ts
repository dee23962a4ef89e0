import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { contextOf, isMutation, requestOf } from './context.js';
import { forbidden, unauthenticated } from './errors.js';
import type { Role, Viewer } from './viewer.js';

/** Who may call a root field or an HTTP route. */
export enum Access {
  /** Anyone; the access token is not looked at, so that an expired one does no harm. */
  Anonymous = 'ANONYMOUS',
  /** Anyone, signed in or not. */
  Public = 'PUBLIC',
  /** Any signed-in user, guests included. */
  SignedIn = 'SIGNED_IN',
  /** Users with an account. */
  Registered = 'REGISTERED',
  Admin = 'ADMIN',
}

const ACCESS_METADATA = 'talegraph:access';

/** Method decorator: declares who may call. What declares nothing is refused to all. */
export const AccessFor = (access: Access) => SetMetadata(ACCESS_METADATA, access);

const ROLES: Readonly<Record<Access, readonly Role[] | 'all'>> = {
  [Access.Anonymous]: 'all',
  [Access.Public]: 'all',
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
    const access = accessOf(this.reflector, execution);
    if (access === undefined)
      throw forbidden(`${handler.name} declares no access, so nobody has it.`);
    assertAccess(access, requestOf(execution).viewer);
    // The root fields of a mutation run one after another, and each may change what the loaders have read.
    if (isMutation(execution)) contextOf(execution).loaders.forget();
    return true;
  }
}

/** The declared access of a field or route. */
export const accessOf = (reflector: Reflector, execution: ExecutionContext): Access | undefined =>
  reflector.get<Access | undefined>(ACCESS_METADATA, execution.getHandler());

/** @throws {ApiError} `UNAUTHENTICATED` when signing in could help, `FORBIDDEN` when it could not */
function assertAccess(access: Access, viewer: Viewer | undefined): void {
  const roles = ROLES[access];
  if (roles === 'all') return;
  if (viewer === undefined) {
    throw unauthenticated('Sign in first: send "Authorization: Bearer <accessToken>".');
  }
  if (!roles.includes(viewer.role)) {
    throw forbidden(
      access === Access.Admin
        ? 'Only administrators may do this.'
        : 'Guests may not do this. Register to turn this guest into an account; nothing is lost.',
    );
  }
}
