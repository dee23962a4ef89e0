import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { ThrottleSignIn } from '../sessions/sign-in-throttle.js';
import { RequestPasswordResetArgs, ResetPasswordArgs } from './address.inputs.js';
import { AddressService } from './address.service.js';
import { ThrottleMails } from './mail-throttle.js';

@Resolver()
export class AddressResolver {
  constructor(private readonly service: AddressService) {}

  @Mutation(() => Boolean, {
    description:
      'Sends a mail to confirm your e-mail address by; false where it is confirmed already, and none is sent.',
  })
  @AccessFor(Access.Registered)
  @ThrottleMails()
  requestEmailConfirmation(@CurrentViewer() viewer: Viewer): Promise<boolean> {
    return this.service.requestConfirmation(viewer);
  }

  @Mutation(() => Boolean, {
    description: 'Confirms an e-mail address, by the token that was sent to it. It works once.',
  })
  @AccessFor(Access.Anonymous)
  async confirmEmail(
    @Args('token', { description: 'What stands behind `?token=` in the link of the mail.' })
    token: string,
  ): Promise<boolean> {
    await this.service.confirm(token);
    return true;
  }

  @Mutation(() => Boolean, {
    description:
      'Sends a mail to set a new password by, if the address has an account. Always true: it does not tell.',
  })
  @AccessFor(Access.Anonymous)
  @ThrottleMails()
  async requestPasswordReset(@Args() { email }: RequestPasswordResetArgs): Promise<boolean> {
    await this.service.requestReset(email);
    return true;
  }

  @Mutation(() => Boolean, {
    description:
      'Sets a new password, by the token that was sent to the address of the account, and ends all its sessions.',
  })
  @AccessFor(Access.Anonymous)
  @ThrottleSignIn()
  async resetPassword(@Args() { token, newPassword }: ResetPasswordArgs): Promise<boolean> {
    await this.service.reset(token, newPassword);
    return true;
  }
}
