import type { Place, ReadFile } from '../place.js';

/** The stories of a Twine file, and where their passages stand in it. */
export interface ReadTwine extends ReadFile<TwineStory> {
  /**
   * Where a passage stands, by the indices of its story and of itself; or a place in its text, where the format tells.
   * @param within counts from 1 in the text
   */
  readonly placeOf: (story: number, passage: number, within?: Place) => Place | undefined;
}

/**
 * A Twine story as its file holds it, whichever the file’s format: Twee 3, Twine 2 HTML, Twine 2 archive or Twine 2 JSON.
 * Plain JSON. docs/formats.md says what of a file is kept.
 */
export interface TwineStory {
  /** Empty where the file gives none. `StoryTitle` says it in Twee: `withDetails` changes both. */
  readonly name: string;
  /** Names the story in all its editions; a UUID in capitals, where the file follows the specification. */
  readonly ifid?: string;
  /** The story format, such as `SugarCube`, and its version. */
  readonly format?: string;
  readonly formatVersion?: string;
  /** The name of the passage where the story starts, as the file gives it; `startOf` knows the default. */
  readonly start?: string;
  /** By the name of a tag, its colour. */
  readonly tagColors?: Readonly<Record<string, string>>;
  readonly zoom?: number;
  /** What else the file says of the story, such as `creator` or `options`, as it says it. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** In the order of the file, those with special names or tags included; two may have the same name. */
  readonly passages: readonly TwinePassage[];
}

export interface TwinePassage {
  readonly name: string;
  readonly tags: readonly string[];
  readonly position?: { readonly x: number; readonly y: number };
  readonly size?: { readonly width: number; readonly height: number };
  /** What else the file says of the passage, as it says it. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Without the escapes of the file’s format. */
  readonly text: string;
}
