import type {
  ChoiceDefinition,
  Effect,
  NodeDefinition,
  ProtagonistDefinition,
  StorySchema,
} from '../../engine/core/definition.js';
import type { TwineStory } from './twine/twine-story.js';

/**
 * A story as it goes in and out: everything that its author wrote, with nodes named by their keys instead of ids. It is
 * what Talegraph JSON holds; every other format is read into it and written from it.
 */
export interface StoryDocument {
  /** Names the story among its author’s, so that importing it again updates it. */
  readonly slug?: string;
  readonly title: string;
  readonly description?: string;
  readonly category?: string;
  readonly difficulty?: 'easy' | 'medium' | 'hard';
  readonly tags?: readonly string[];
  /** A BCP 47 tag, such as `en`. */
  readonly language?: string;
  readonly spoilerGuard?: boolean;
  readonly schema?: DocumentSchema;
  readonly nodes: readonly DocumentNode[];
  /** The Twine story that this one was imported from, whole: what was not translated comes out again from it. */
  readonly twine?: DocumentTwine;
}

export interface DocumentSchema extends Omit<StorySchema, 'protagonists'> {
  readonly protagonists?: readonly DocumentProtagonist[];
}

/** Starts at the node with the key `start`. */
export interface DocumentProtagonist extends Omit<ProtagonistDefinition, 'start'> {
  readonly start?: string;
}

export interface DocumentNode {
  /** Unique in the story. */
  readonly key: string;
  readonly title: string;
  readonly content: string;
  readonly type: NodeDefinition['type'];
  readonly start?: boolean;
  readonly endingKind?: Exclude<NodeDefinition['endingKind'], null>;
  /** The key of the declared ending that is collected here. */
  readonly ending?: string;
  readonly effects?: readonly Effect[];
  readonly position?: { readonly x: number; readonly y: number };
  readonly tags?: readonly string[];
  readonly chapter?: string;
  /** In order; letters follow from it. */
  readonly choices?: readonly DocumentChoice[];
}

/** The rules are the engine’s; the nodes that a choice leads to go by their keys. */
export interface DocumentChoice extends Pick<
  ChoiceDefinition,
  'condition' | 'lockedText' | 'effects' | 'check' | 'puzzle'
> {
  readonly text: string;
  /** Left out while it leads nowhere. */
  readonly to?: string;
  readonly consequences?: string;
  readonly failTo?: string;
  /** The choice makes itself after so many seconds at its node. */
  readonly afterSeconds?: number;
}

/** A Twine story, and which node each of its passages became. */
export interface DocumentTwine {
  readonly story: TwineStory;
  /** A passage each, in the order of `story.passages`: the key of its node, or null where it became none. */
  readonly nodes: readonly (string | null)[];
}
