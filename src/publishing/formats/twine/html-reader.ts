import { append } from '../append.js';
import { error, warning, type FileProblem, type Place } from '../place.js';
import { readHtmlPieces, type HtmlPiece } from './html-source.js';
import { StoryElement } from './html-story.js';
import type { ReadTwine, TwineStory } from './twine-story.js';

/**
 * Reads every story in Twine 2 HTML: a page with a story format around its story, story data alone, or an archive, which
 * is several of them. A passage’s text is kept to the byte without its character references; tags in it that should
 * have been written by such are text. Attributes that the specification does not name are kept as metadata.
 */
export const readTwineHtml = (file: string): ReadTwine => {
  const stories: TwineStory[] = [];
  const places: (readonly Place[])[] = [];
  const problems: FileProblem[] = [];
  let open: StoryElement | undefined;
  const close = (place: Place | undefined, message?: string) => {
    const { story, problems: found, places: ofPassages } = open!.close();
    stories.push(story);
    places.push(ofPassages);
    append(problems, found);
    if (message !== undefined) problems.push(warning({ code: 'FAULTY_SYNTAX', message }, place));
    open = undefined;
  };
  const take = (piece: HtmlPiece) => {
    const isStory = piece.tag === 'tw-storydata';
    if (isStory && piece.kind === 'start') {
      if (open) close(piece.place, 'The story before this one lacks its </tw-storydata>');
      open = new StoryElement(piece);
    } else if (isStory && open) close(piece.place);
    else open?.take(piece);
  };
  readHtmlPieces(file, take, () => open?.isInPassage ?? false);
  if (open) close(undefined, 'The last story lacks its </tw-storydata>');
  if (stories.length === 0) {
    const message = 'There is no story: it is the element <tw-storydata>';
    problems.push(error({ code: 'NO_STORY', message }));
  }
  return {
    stories,
    problems,
    // Character references in a text leave no way to tell where in the file a place in it is.
    placeOf: (story, passage) => places[story]![passage],
  };
};
