import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { Access, accessOf } from '../../graphql/access.js';
import { ApiError } from '../../graphql/errors.js';
import { requestOf } from '../../graphql/context.js';
import { expiredAccessToken } from '../auth.errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Bearers, hasToken } from './bearers.js';

/** Finds out who sends the request, once for all of its root fields. No token at all is an anonymous request. */
@Injectable()
export class ViewerGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly bearers: Bearers,
  ) {
    super();
  }

  override async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = requestOf(execution);
    const { authorization } = request.headers;
    if (request.viewer !== undefined || !hasToken(authorization)) return true;
    if (accessOf(this.reflector, execution) === Access.Anonymous) return true;
    const viewer = this.bearers.viewerOf(authorization);
    if (viewer === undefined) await super.canActivate(execution);
    else request.viewer = viewer;
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
