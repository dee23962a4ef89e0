import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { ThrottleSignIn } from '../../auth/sessions/sign-in-throttle.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DeleteAccountInput } from './erasure.inputs.js';
import { ErasureService } from './erasure.service.js';

@Resolver()
export class ErasureResolver {
  constructor(private readonly service: ErasureService) {}

  @Mutation(() => Boolean, {
    description:
      'Deletes your account, for good: you are signed out everywhere at once, and your name and address are free again. Within minutes your drafts, saves and whatever you typed are gone. What others depend on stays under a name that says nothing of you: published stories, stories that others work on, comments, and figures.',
  })
  @AccessFor(Access.SignedIn)
  @ThrottleSignIn()
  async deleteAccount(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which account, and what becomes of its stories.' })
    input: DeleteAccountInput,
  ): Promise<boolean> {
    await this.service.deleteAccount(viewer, input);
    return true;
  }
}
