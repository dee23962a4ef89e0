import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../src/config/project-root.js';
import type {
  ChoiceDefinition,
  Effect,
  ProtagonistDefinition,
  StorySchema,
} from '../src/engine/core/definition.js';
import type { NodeKind, EndingKindValue } from '../src/nodes/nodes/node.entity.js';
import type { Difficulty } from '../src/stories/story.entity.js';

/** A story as the files in `seeds/stories` hold it: choices name their targets by key. */
export interface SampleStory {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly difficulty: Difficulty;
  readonly tags: string[];
  readonly language: string;
  /** What the story declares; protagonists name where they start by key. */
  readonly schema?: SampleSchema;
  readonly nodes: readonly SampleNode[];
}

export interface SampleNode {
  readonly key: string;
  readonly title: string;
  readonly type: NodeKind;
  readonly start?: boolean;
  readonly endingKind?: EndingKindValue;
  /** The declared ending collected here. */
  readonly ending?: string;
  readonly effects?: Effect[];
  readonly content: string;
  readonly choices?: readonly SampleChoice[];
}

/** The rules are the engine's; the nodes that a choice leads to go by their keys. */
export interface SampleChoice extends Pick<
  ChoiceDefinition,
  'condition' | 'lockedText' | 'check' | 'puzzle'
> {
  readonly text: string;
  readonly to: string;
  readonly consequences?: string;
  readonly effects?: Effect[];
  readonly failTo?: string;
  readonly afterSeconds?: number;
}

export interface SampleSchema extends Omit<StorySchema, 'protagonists'> {
  readonly protagonists?: readonly (Omit<ProtagonistDefinition, 'start'> & {
    readonly start?: string;
  })[];
}

/** The declarations of a sample as the engine takes them. */
export const schemaOf = (
  { schema: { protagonists, ...schema } = {} }: SampleStory,
  idOf: (key: string) => number,
): StorySchema => ({
  ...schema,
  ...(protagonists !== undefined && {
    protagonists: protagonists.map(({ start, ...who }) => ({
      ...who,
      ...(start !== undefined && { start: idOf(start) }),
    })),
  }),
});

const FOLDER = join(projectRoot, 'seeds', 'stories');

/** The sample stories that come with Talegraph. */
export const sampleStories = (): SampleStory[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => parse(readFileSync(join(FOLDER, file), 'utf8')) as SampleStory);
