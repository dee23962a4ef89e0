import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { NodesModule } from '../../nodes/nodes.module.js';
import { ProgressModule } from '../../progress/progress.module.js';
import { StoriesModule } from '../../stories/stories.module.js';
import { Dispatcher } from './delivery/dispatcher.js';
import { NotificationMails } from './delivery/notification.mails.js';
import { UnsubscribeController } from './delivery/unsubscribe.controller.js';
import { UnsubscribeLinks } from './delivery/unsubscribe-links.js';
import { DigestRepository } from './digests/digest.repository.js';
import { Digests } from './digests/digests.js';
import { NotificationRepository } from './list/notification.repository.js';
import { NotificationFieldResolver, NotificationResolver } from './list/notification.resolver.js';
import { Notifier } from './notifier.js';
import { PreferenceRepository } from './preferences/preference.repository.js';
import { PreferenceResolver } from './preferences/preference.resolver.js';
import { PreferenceService } from './preferences/preference.service.js';
import { PushKeys } from './push/push-keys.js';
import { PushTransport } from './push/push-transport.js';
import { PushRepository } from './push/push.repository.js';
import { PushResolver } from './push/push.resolver.js';
import { PushService } from './push/push.service.js';
import { Pusher } from './push/pusher.js';
import { CommentNotices } from './sources/comment-notices.js';
import { InvitationNotices } from './sources/invitation-notices.js';
import { MoveNotices } from './sources/move-notices.js';

@Module({
  imports: [AuthModule, StoriesModule, NodesModule, ProgressModule],
  controllers: [UnsubscribeController],
  providers: [
    CommentNotices,
    DigestRepository,
    Digests,
    Dispatcher,
    InvitationNotices,
    MoveNotices,
    NotificationFieldResolver,
    NotificationMails,
    NotificationRepository,
    NotificationResolver,
    Notifier,
    PreferenceRepository,
    PreferenceResolver,
    PreferenceService,
    PushKeys,
    PushRepository,
    PushResolver,
    PushService,
    PushTransport,
    Pusher,
    UnsubscribeLinks,
  ],
  exports: [Digests, Notifier],
})
export class NotificationsModule {}
