import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../../graphql/access.js';
import { CurrentViewer } from '../../../graphql/request.decorators.js';
import type { Viewer } from '../../../graphql/viewer.js';
import { UpdateNotificationPreferencesInput } from './preference.inputs.js';
import { PreferenceService } from './preference.service.js';
import { NotificationPreferences } from './preference.type.js';

@Resolver()
export class PreferenceResolver {
  constructor(private readonly service: PreferenceService) {}

  @Query(() => NotificationPreferences, { description: 'How you are told of what happens.' })
  @AccessFor(Access.Registered)
  notificationPreferences(@CurrentViewer() { userId }: Viewer): Promise<NotificationPreferences> {
    return this.service.get(userId);
  }

  @Mutation(() => NotificationPreferences, {
    description: 'Changes how you are told of what happens, from now on.',
  })
  @AccessFor(Access.Registered)
  updateNotificationPreferences(
    @CurrentViewer() { userId }: Viewer,
    @Args('input', { description: 'What to change.' }) input: UpdateNotificationPreferencesInput,
  ): Promise<NotificationPreferences> {
    return this.service.update(userId, input);
  }
}
