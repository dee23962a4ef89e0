import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Relocations } from '../../../progress/moves/relocations.js';
import { Notifier } from '../notifier.js';

/** Tells readers that their playthroughs go on in another version: once of each version, however many they have. */
@Injectable()
export class MoveNotices implements OnModuleInit {
  constructor(
    private readonly relocations: Relocations,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.relocations.listen(async ({ userIds, storyId, versionId, requestedBy: actorId }) => {
      const subject = { key: String(versionId), actorId, storyId };
      await this.notifier.tell(userIds, 'playthrough-moved', subject);
    });
  }
}
