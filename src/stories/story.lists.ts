import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { paginate, type Connection, type PageArgs } from '../graphql/connection.js';
import { decodeId } from '../graphql/ids.js';
import type { Viewer } from '../graphql/viewer.js';
import { relevanceNeedsQuery } from './story.errors.js';
import { StoryOrder, type StoriesArgs, type StoryFilter } from './story.inputs.js';
import { RecentStories } from './recent-stories.js';
import { StoryRepository } from './story.repository.js';
import { keyKindOf, type StorySelection } from './story.search.js';
import { toStory, type Story } from './story.type.js';

/** The lists of stories that readers and authors page through. */
@Injectable()
export class StoryLists {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryRepository,
    private readonly recent: RecentStories,
  ) {}

  /**
   * Published stories, as they were within the last second; for those who have not signed in, and so have written none,
   * they may be some seconds old.
   * @param withAuthors whether their authors are read with them
   */
  published(
    viewer: Viewer | undefined,
    args: StoriesArgs,
    withAuthors: boolean,
  ): Promise<Connection<Story>> {
    if (viewer !== undefined) return this.#published(args, withAuthors, 'primary');
    return this.database.onReplica(() => this.#published(args, withAuthors, 'replica'));
  }

  async #published(
    { filter, orderBy, ...page }: StoriesArgs,
    withAuthors: boolean,
    source: 'primary' | 'replica',
  ): Promise<Connection<Story>> {
    const selection = selectionOf(filter ?? {});
    const order =
      orderBy ?? (selection.query === undefined ? StoryOrder.RECENT : StoryOrder.RELEVANCE);
    if (order === StoryOrder.RELEVANCE && selection.query === undefined)
      throw relevanceNeedsQuery();
    return paginate(
      {
        page,
        list: `stories ${order}`,
        keys: [keyKindOf(order), 'id'],
        fetch: (limit, after) => {
          const which = { selection, order, limit, after, withAuthors };
          const key = JSON.stringify([source, which]);
          return this.recent.page(key, limit, () => this.stories.findPage(which));
        },
        keysetOf: ({ keyset }) => keyset,
        count: () => this.stories.count(selection),
      },
      ({ story }) => story,
    );
  }

  /** The categories of published stories; see {@link published}. */
  categories(viewer: Viewer | undefined): Promise<{ name: string; storyCount: number }[]> {
    const list = () => this.stories.categories();
    return viewer === undefined ? this.database.onReplica(list) : list();
  }

  /** Stories not published: the viewer's own, or for an administrator everybody's. */
  async drafts(viewer: Viewer, page: PageArgs): Promise<Connection<Story>> {
    const authorId = viewer.role === 'admin' ? undefined : viewer.userId;
    return paginate(
      {
        page,
        list: 'draftStories',
        keys: ['id'],
        fetch: (limit, after) => this.stories.findDrafts(authorId, limit, after?.[0] as number),
        keysetOf: ({ storyId }) => [storyId],
        count: () => this.stories.countDrafts(authorId),
      },
      toStory,
    );
  }

  /** The viewer's own stories, published or not. */
  async own({ userId }: Viewer, page: PageArgs): Promise<Connection<Story>> {
    return paginate(
      {
        page,
        list: 'myStories',
        keys: ['id'],
        fetch: (limit, after) => this.stories.findOwn(userId, limit, after?.[0] as number),
        keysetOf: ({ storyId }) => [storyId],
        count: () => this.stories.countOwn(userId),
      },
      toStory,
    );
  }

  /** Stories of others that the viewer works on, published or not. */
  async shared({ userId }: Viewer, page: PageArgs): Promise<Connection<Story>> {
    return paginate(
      {
        page,
        list: 'sharedStories',
        keys: ['id'],
        fetch: (limit, after) => this.stories.findShared(userId, limit, after?.[0] as number),
        keysetOf: ({ storyId }) => [storyId],
        count: () => this.stories.countShared(userId),
      },
      toStory,
    );
  }
}

function selectionOf(filter: StoryFilter): StorySelection {
  const given = (text: string | null | undefined) => (text ? text : undefined);
  const authorId = given(filter.authorId);
  return {
    query: given(filter.query),
    category: given(filter.category),
    difficulty: filter.difficulty ?? undefined,
    authorId: authorId === undefined ? undefined : decodeId('user', authorId, 'filter.authorId'),
    tag: given(filter.tag),
    language: given(filter.language),
  };
}
