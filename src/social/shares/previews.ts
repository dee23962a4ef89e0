import { Injectable } from '@nestjs/common';
import { UserRepository } from '../../auth/users/user.repository.js';
import { MediaRepository } from '../../media/library/media.repository.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryRepository } from '../../stories/story.repository.js';
import type { Preview } from './preview.js';
import type { ShareEntity } from './share.entity.js';

/** What the world is told of shares, as it stands now. */
@Injectable()
export class Previews {
  constructor(
    private readonly stories: StoryRepository,
    private readonly users: UserRepository,
    private readonly media: MediaRepository,
    private readonly published: PublishedStories,
  ) {}

  /** @returns undefined while the story is not published */
  async of({ storyId, endingNodeId }: ShareEntity): Promise<Preview | undefined> {
    const story = await this.stories.findById(storyId);
    if (!story?.isPublished) return undefined;
    const author = await this.users.findById(story.authorId);
    const cover = story.cover === null ? null : await this.media.findById(story.cover.id);
    return {
      title: story.title,
      description: story.description,
      author: author!.username,
      category: story.category,
      language: story.language,
      slug: story.slug,
      cover: cover?.status === 'ready' ? cover.key : undefined,
      ending:
        endingNodeId === null ? undefined : { name: await this.#endingName(story, endingNodeId) },
    };
  }

  /** Whether a node is an ending of the version that readers begin with now. */
  async isEnding({ publishedVersionId }: StoryEntity, nodeId: number): Promise<boolean> {
    const { graph } = await this.published.get(publishedVersionId!);
    const index = graph.indexOfNode.get(nodeId);
    return index !== undefined && graph.isEnding[index] === 1;
  }

  /** Null for a secret ending, for one of a story that guards its spoilers, and for one that is gone. */
  async #endingName(story: StoryEntity, nodeId: number): Promise<string | null> {
    const { graph } = await this.published.get(story.publishedVersionId!);
    const node = graph.nodes[graph.indexOfNode.get(nodeId) ?? -1];
    if (node?.type !== 'ending' || node.endingKind === 'secret' || story.spoilerGuard) return null;
    const declared = graph.schema.endings?.find(({ key }) => key === node.ending);
    return declared?.name ?? node.title;
  }
}
