import type { TwinePassage } from '../../twine-story.js';
import { CARRIED } from '../../carried/carried.js';
import type { Goto, Item } from './tree.js';

/** How one story format writes its passages. */
export interface Dialect {
  /** Reads the text of a passage. Takes time in proportion to its length, and reads any text. */
  readonly parse: (text: string) => readonly Item[];
  /** What a passage is when it is none of the story, such as `the menu`. */
  readonly special: (passage: TwinePassage) => Special | undefined;
  /** The links that a script leads on by. */
  readonly codeLinks: (code: string, offset: number) => readonly Goto[];
  /** Whether passages are written in Markdown. */
  readonly isMarkdown: boolean;
  /** Which passage counts where several have the same name. */
  readonly duplicates: 'first' | 'last';
}

export interface Special {
  readonly why: string;
  /** Whether what it sets is what variables are at first. */
  readonly isInit?: boolean;
  /** Whether it is no text of the format, but a script or the like. */
  readonly isCode?: boolean;
}

/** Passages that are special in every format. */
export function commonSpecial({ name, tags }: TwinePassage): Special | undefined {
  const tag = tags.find((each) => Object.hasOwn(TAGS, each));
  if (tag !== undefined) return { why: TAGS[tag]!, isCode: true };
  return Object.hasOwn(NAMES, name) ? { why: NAMES[name]!, isCode: true } : undefined;
}

const TAGS: Readonly<Record<string, string>> = {
  script: 'A script of the story.',
  stylesheet: 'A style sheet of the story.',
  'Twine.private': 'A note of the author’s.',
  annotation: 'A note of the author’s.',
};

const NAMES: Readonly<Record<string, string>> = {
  [CARRIED]: 'What Talegraph knows of the story beside its passages.',
  StoryTitle: 'The title of the story.',
  StoryData: 'What the file says of the story.',
  StorySettings: 'Settings of the story.',
  StoryIncludes: 'Other files of the story.',
  UserScript: 'A script of the story.',
  UserStylesheet: 'A style sheet of the story.',
};
