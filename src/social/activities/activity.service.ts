import { Injectable } from '@nestjs/common';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { ACTIVITY_KINDS } from './activity.entity.js';
import { ActivityRepository, type ActivityRow } from './activity.repository.js';
import {
  toActivity,
  type Activity,
  type ActivityKind,
  type ActivityPrivacy,
  type Audience,
} from './activity.type.js';
import { FeedRepository } from './feed.repository.js';
import { DEFAULT_AUDIENCE } from './visibility.js';

/** What is unread is counted up to this number. */
const MOST_UNREAD = 100;

/** What people may see of what others do, and how much of it they have not read. */
@Injectable()
export class ActivityService {
  constructor(
    private readonly activities: ActivityRepository,
    private readonly feeds: FeedRepository,
  ) {}

  feed({ userId }: Viewer, page: PageArgs): Promise<Connection<Activity>> {
    return paginate(
      {
        page,
        list: 'feed',
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          this.feeds.page(userId, { limit, before: before as number | undefined }),
        keysetOf: ({ activityId }) => [activityId],
        count: () => this.feeds.count(userId),
      },
      toActivity,
    );
  }

  /** @returns at most `MOST_UNREAD`, which stands for that and more */
  async countUnread({ userId }: Viewer): Promise<number> {
    const since = await this.feeds.mark(userId);
    return (await this.feeds.page(userId, { limit: MOST_UNREAD, since })).length;
  }

  async markRead({ userId }: Viewer): Promise<void> {
    const [newest] = await this.feeds.page(userId, { limit: 1 });
    if (newest !== undefined) await this.feeds.setMark(userId, newest.activityId);
  }

  /** What somebody did. Asked of many people in one request, it is one statement. */
  ofUser(
    loaders: Loaders,
    viewer: Viewer | undefined,
    actorId: number,
    page: PageArgs,
  ): Promise<Connection<Activity>> {
    return paginate(
      {
        page,
        list: 'User.activities',
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          loaders
            .about<ActivityRow[]>(
              this,
              `page ${limit} ${before}`,
              (ids) =>
                this.activities.pages(viewer?.userId, ids, limit, before as number | undefined),
              [],
            )
            .load(actorId),
        keysetOf: ({ activityId }) => [activityId],
        count: () =>
          loaders
            .about(this, 'counts', (ids) => this.activities.counts(viewer?.userId, ids), 0)
            .load(actorId),
      },
      toActivity,
    );
  }

  async privacy({ userId }: Viewer): Promise<ActivityPrivacy[]> {
    const chosen = await this.activities.audiences(userId);
    return ACTIVITY_KINDS.map((kind) => ({
      kind: kind as ActivityKind,
      audience: (chosen.get(kind) ?? DEFAULT_AUDIENCE[kind]) as Audience,
    }));
  }

  /** Holds at once for all of the kind, past and future. */
  async setAudience(
    viewer: Viewer,
    { kind, audience }: ActivityPrivacy,
  ): Promise<ActivityPrivacy[]> {
    await this.activities.setAudience(viewer.userId, kind, audience);
    return this.privacy(viewer);
  }
}
