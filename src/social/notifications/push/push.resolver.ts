import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../../graphql/access.js';
import { CurrentViewer } from '../../../graphql/request.decorators.js';
import type { Viewer } from '../../../graphql/viewer.js';
import { PushKeys } from './push-keys.js';
import { SubscribePushInput, UnsubscribePushArgs } from './push.inputs.js';
import { PushService } from './push.service.js';

@Resolver()
export class PushResolver {
  constructor(
    private readonly keys: PushKeys,
    private readonly service: PushService,
  ) {}

  @Query(() => String, {
    description:
      'The key that browsers subscribe with, as `applicationServerKey` (VAPID), in base64url. It stays the same.',
  })
  @AccessFor(Access.Registered)
  async pushPublicKey(): Promise<string> {
    return (await this.keys.get()).publicKey;
  }

  @Mutation(() => Boolean, {
    description:
      'Has you told in a browser too, and nobody else any more in that one. The oldest of more than 20 gives way.',
  })
  @AccessFor(Access.Registered)
  async subscribePush(
    @CurrentViewer() { userId }: Viewer,
    @Args('input', { description: 'The subscription.' }) input: SubscribePushInput,
  ): Promise<boolean> {
    await this.service.subscribe(userId, input);
    return true;
  }

  @Mutation(() => Boolean, {
    description:
      'Has you told no longer in a browser; false where you were not. Call it when you sign out.',
  })
  @AccessFor(Access.Registered)
  unsubscribePush(
    @CurrentViewer() { userId }: Viewer,
    @Args() { endpoint }: UnsubscribePushArgs,
  ): Promise<boolean> {
    return this.service.unsubscribe(userId, endpoint);
  }
}
