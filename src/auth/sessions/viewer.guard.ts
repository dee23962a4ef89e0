import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { ApiError } from '../../graphql/errors.js';
import { requestOf } from '../../graphql/context.js';
import { expiredAccessToken } from '../auth.errors.js';
import type { Viewer } from '../../graphql/viewer.js';

/** Finds out who sends the request, once for all of its root fields. No token at all is an anonymous request. */
@Injectable()
export class ViewerGuard extends AuthGuard('jwt') {
  override async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = requestOf(execution);
    if (request.viewer !== undefined || !request.headers.authorization?.startsWith('Bearer '))
      return true;
    // The IDE's examples send an empty token until one is there.
    if (request.headers.authorization.trim() === 'Bearer') return true;
    await super.canActivate(execution);
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
