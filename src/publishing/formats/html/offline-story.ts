import type { StoryDefinition } from '../../../engine/core/definition.js';

/** What the offline file holds of a story: everything needed to play it. */
export interface OfflineStory {
  readonly title: string;
  readonly description: string;
  readonly author: string;
  /** A BCP 47 tag, such as `en`. */
  readonly language: string;
  /** What a reader's progress is kept under: another content has another one. */
  readonly contentHash: string;
  /** The files of images and recordings that are in it, as `data:` URLs, by their keys. */
  readonly media: Readonly<Record<string, string>>;
  readonly story: StoryDefinition;
}

/** The id of the element of the file that holds the {@link OfflineStory} as JSON. */
export const STORY_ELEMENT = 'talegraph-story';
