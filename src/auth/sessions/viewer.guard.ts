import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { Access, accessOf } from '../../graphql/access.js';
import { ApiError } from '../../graphql/errors.js';
import { requestOf } from '../../graphql/context.js';
import { expiredAccessToken } from '../auth.errors.js';
import type { Viewer } from '../../graphql/viewer.js';

/** Finds out who sends the request, once for all of its root fields. No token at all is an anonymous request. */
@Injectable()
export class ViewerGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(execution: ExecutionContext): Promise<boolean> {
    const { viewer, headers } = requestOf(execution);
    const isIgnored = accessOf(this.reflector, execution) === Access.Anonymous;
    // The IDE's examples send "Bearer" alone until there is a token.
    const hasToken = /^Bearer\s+\S/i.test(headers.authorization ?? '');
    if (viewer === undefined && hasToken && !isIgnored) await super.canActivate(execution);
    return true;
  }

  override getRequest(execution: ExecutionContext) {
    return requestOf(execution);
  }

  override getAuthenticateOptions() {
    return { session: false, property: 'viewer' };
  }

  override handleRequest<T = Viewer>(error: unknown, viewer: T | false): T {
    if (error instanceof ApiError) throw error;
    if (error) throw error as Error;
    if (!viewer) throw expiredAccessToken();
    return viewer;
  }
}
