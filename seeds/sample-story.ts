import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../src/config/project-root.js';
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
  readonly nodes: readonly SampleNode[];
}

export interface SampleNode {
  readonly key: string;
  readonly title: string;
  readonly type: NodeKind;
  readonly start?: boolean;
  readonly ending?: EndingKindValue;
  readonly content: string;
  readonly choices?: readonly SampleChoice[];
}

export interface SampleChoice {
  readonly text: string;
  readonly to: string;
  readonly consequences?: string;
}

const FOLDER = join(projectRoot, 'seeds', 'stories');

/** The sample stories that come with Talegraph. */
export const sampleStories = (): SampleStory[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => parse(readFileSync(join(FOLDER, file), 'utf8')) as SampleStory);
