import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import { unauthenticated } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryService } from '../../stories/story.service.js';
import { streaksOfAllTime } from '../stats.errors.js';
import {
  LeaderboardRepository,
  type Board,
  type LeaderboardRow,
} from './leaderboard.repository.js';
import {
  LeaderboardMetric,
  LeaderboardPeriod,
  toEntry,
  withViewerRank,
  type LeaderboardEntry,
} from './leaderboard.type.js';
import { StoryLeaderboardRepository, type StoryBoard } from './story-leaderboard.repository.js';

const keysetOf = ({ value, userId }: LeaderboardRow) => [value, userId];

@Injectable()
export class LeaderboardService {
  constructor(
    private readonly database: Database,
    private readonly leaderboards: LeaderboardRepository,
    private readonly ofStories: StoryLeaderboardRepository,
    private readonly stories: StoryService,
  ) {}

  /** @throws {ApiError} `BAD_USER_INPUT` for streaks of a month or a week */
  async page(
    viewer: Viewer | undefined,
    board: Board,
    page: PageArgs,
  ): Promise<Connection<LeaderboardEntry>> {
    assertThereIs(board);
    const entries = await paginate(
      {
        page,
        list: `leaderboard ${board.metric} ${board.period}`,
        keys: ['integer', 'id'],
        fetch: (limit, after) =>
          this.#read(viewer, () => this.leaderboards.page(board, limit, after)),
        keysetOf,
        count: () => this.#read(viewer, () => this.leaderboards.count(board)),
      },
      toEntry,
    );
    return withViewerRank(
      entries,
      async () => viewer && this.leaderboards.place(board, viewer.userId),
    );
  }

  /** Among those whom the viewer follows, and the viewer. @throws {ApiError} `UNAUTHENTICATED` */
  async friends(
    viewer: Viewer | undefined,
    board: Board,
    page: PageArgs,
  ): Promise<Connection<LeaderboardEntry>> {
    assertThereIs(board);
    if (viewer === undefined) throw unauthenticated('Sign in to see those whom you follow.');
    const { userId } = viewer;
    const entries = await paginate(
      {
        page,
        list: `leaderboard of friends ${board.metric} ${board.period}`,
        keys: ['integer', 'id'],
        fetch: (limit, after) => this.leaderboards.friends(board, userId, limit, after),
        keysetOf,
        count: () => this.leaderboards.countFriends(board, userId),
      },
      toEntry,
    );
    return withViewerRank(entries, () => this.leaderboards.placeAmongFriends(board, userId));
  }

  /** @throws {ApiError} `NOT_FOUND` when the viewer may not see the story */
  async ofStory(
    viewer: Viewer | undefined,
    board: StoryBoard,
    page: PageArgs,
  ): Promise<Connection<LeaderboardEntry>> {
    await this.stories.getVisible(viewer, { storyId: board.storyId });
    const entries = await paginate(
      {
        page,
        list: `storyLeaderboard ${board.storyId} ${board.metric}`,
        keys: ['integer', 'id'],
        fetch: (limit, after) => this.#read(viewer, () => this.ofStories.page(board, limit, after)),
        keysetOf,
        count: () => this.#read(viewer, () => this.ofStories.count(board)),
      },
      toEntry,
    );
    return withViewerRank(
      entries,
      async () => viewer && this.ofStories.place(board, viewer.userId),
    );
  }

  /** Ranks may be some seconds old for those who have not signed in, and so are in none. */
  #read<T>(viewer: Viewer | undefined, work: () => Promise<T>): Promise<T> {
    return viewer === undefined ? this.database.onReplica(work) : work();
  }
}

function assertThereIs({ metric, period }: Board): void {
  if (metric === LeaderboardMetric.LONGEST_STREAK && period !== LeaderboardPeriod.ALL_TIME)
    throw streaksOfAllTime();
}
