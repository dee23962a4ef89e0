import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryService } from '../../stories/story.service.js';
import { Activities, type Deed } from '../activities/activities.js';
import type { ShareEntity } from './share.entity.js';
import { noSuchShare, notPublished, notYourEnding } from './share.errors.js';
import { Previews } from './previews.js';
import { ShareRepository } from './share.repository.js';
import type { ShareChannel } from './share.type.js';

/** 64 random bits: 11 characters in an address. */
const KEY_BYTES = 8;

const PREFIX = 'share:';

/** The key of the share that an activity is about; undefined for other activities. */
export const sharedKey = (subject: string): string | undefined =>
  subject.startsWith(PREFIX) ? subject.slice(PREFIX.length) : undefined;

/** The links by which people send others to stories. */
@Injectable()
export class ShareService {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly shares: ShareRepository,
    private readonly previews: Previews,
    private readonly activities: Activities,
  ) {}

  /** The address of a share. Who has it can follow it. */
  readonly url = (key: string): string => `${this.config.publicUrl}/s/${key}`;

  /**
   * The viewer's link to a story, or to an ending: the same one for the same channel.
   * @throws {ApiError} `NOT_FOUND` or `CONFLICT` when it is not published; `BAD_USER_INPUT` when the ending is none, or
   * the viewer has not reached it
   */
  async share(
    viewer: Viewer,
    storyId: number,
    channel: ShareChannel,
    endingNodeId: number | undefined,
  ): Promise<ShareEntity> {
    const story = await this.stories.getVisible(viewer, { storyId });
    if (!story.isPublished) throw notPublished();
    const { userId } = viewer;
    if (endingNodeId !== undefined) {
      const isTheirs =
        (await this.previews.isEnding(story, endingNodeId)) &&
        (await this.shares.hasReached(userId, storyId, endingNodeId));
      if (!isTheirs) throw notYourEnding();
    }
    const thing = { userId, storyId, channel, endingNodeId: endingNodeId ?? null };
    return this.shares.put(thing, randomBytes(KEY_BYTES).toString('base64url'));
  }

  /** Shows it in the feeds of those who follow the viewer, once. */
  async toFeed(viewer: Viewer, shareId: number): Promise<ShareEntity> {
    const share = await this.#own(viewer, shareId);
    await this.activities.record([deedOf(share)]);
    return share;
  }

  /** Its page and its picture are gone from then on, and so it is from feeds. */
  async delete(viewer: Viewer, shareId: number): Promise<void> {
    const share = await this.#own(viewer, shareId);
    await this.database.transaction(async () => {
      await this.activities.retract(deedOf(share));
      await this.shares.delete(shareId);
    });
  }

  page<Node>(
    { userId }: Viewer,
    page: PageArgs,
    toNode: (row: ShareEntity) => Node,
  ): Promise<Connection<Node>> {
    return paginate(
      {
        page,
        list: 'myShares',
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          this.shares.page(userId, limit, before as number | undefined),
        keysetOf: ({ shareId }) => [shareId],
        count: () => this.shares.count(userId),
      },
      toNode,
    );
  }

  async #own({ userId }: Viewer, shareId: number): Promise<ShareEntity> {
    const share = await this.shares.findOwn(userId, shareId);
    if (share === null) throw noSuchShare();
    return share;
  }
}

const deedOf = ({ userId, key, storyId }: ShareEntity): Deed => ({
  actorId: userId,
  kind: 'shared',
  subject: { key: `${PREFIX}${key}`, storyId },
});
