import { warning, type FileProblem, type Place, type Told } from '../place.js';
import { codePassage, type Code } from './code-passages.js';
import { takePlacing } from './coordinates.js';
import type { HtmlPiece } from './html-source.js';
import { checkStory } from './story-check.js';
import { readDetails, type StoryDetails } from './story-details.js';
import type { TwinePassage, TwineStory } from './twine-story.js';

/** An element of a story that is open, with the text in it so far. */
interface OpenElement {
  readonly start: HtmlPiece;
  readonly texts: string[];
}

interface PlacedPassage {
  readonly passage: TwinePassage;
  readonly place: Place;
  readonly pid?: string;
}

/** Says what a story element holds, which is taken piece by piece. */
export class StoryElement {
  private readonly passages: PlacedPassage[] = [];
  private readonly tagColors: [string, string][] = [];
  private readonly problems: FileProblem[] = [];
  private open: OpenElement | undefined;

  constructor(private readonly start: HtmlPiece) {}

  /** Whether what looks like a tag is a passage’s text. */
  get isInPassage(): boolean {
    return this.open?.start.tag === PASSAGE;
  }

  take(piece: HtmlPiece): void {
    if (this.open) this.takeInside(piece, this.open);
    else if (piece.kind === 'start') this.takeStart(piece);
  }

  /** @returns what was taken; an element that is still open ends here */
  close(): {
    story: TwineStory;
    problems: readonly FileProblem[];
    /** Of its passages. */
    places: readonly Place[];
  } {
    if (this.open) this.closeUnclosed(this.open);
    const { details, problems } = this.readStart();
    const story = {
      name: this.start.attributes.name ?? '',
      ...details,
      ...(this.tagColors.length > 0 && { tagColors: Object.fromEntries(this.tagColors) }),
      passages: this.passages.map(({ passage }) => passage),
    };
    const places = this.passages.map(({ place }) => place);
    const odd = checkStory(story, { details: this.start.place, passages: places });
    return { story, places, problems: [...problems, ...this.problems, ...odd] };
  }

  private takeStart(piece: HtmlPiece): void {
    if (ELEMENTS.has(piece.tag)) this.open = { start: piece, texts: [] };
    else if (piece.tag === 'tw-tag') this.takeTagColor(piece);
    else {
      const message = `<${piece.tag}> has no meaning in a story and is left out`;
      this.warn({ code: 'LEFT_OUT', message }, piece.place);
    }
  }

  private takeInside(piece: HtmlPiece, open: OpenElement): void {
    const isPassage = piece.tag === PASSAGE && open.start.tag === PASSAGE;
    if (isPassage && piece.kind === 'start') {
      this.closeUnclosed(open);
      this.takeStart(piece);
    } else if (piece.kind === 'end' && piece.tag === open.start.tag) this.closeElement(open);
    else open.texts.push(piece.content);
  }

  private closeUnclosed(open: OpenElement): void {
    const message = `<${open.start.tag}> lacks its end`;
    this.warn({ code: 'FAULTY_SYNTAX', message }, open.start.place);
    this.closeElement(open);
  }

  private closeElement({ start, texts }: OpenElement): void {
    this.open = undefined;
    const text = texts.join('');
    const { attributes, place } = start;
    if (start.tag === PASSAGE) {
      const { pid, ...said } = attributes;
      if (said.name === undefined) this.warn(NO_NAME, place);
      const passage = this.readPassage({ name: '', ...said }, text, place);
      this.passages.push({ passage, place, ...(pid && { pid }) });
      return;
    }
    const code = codeOf(start);
    if (!code) {
      const message = `<${start.tag}> has no role "script" or "stylesheet" and is left out`;
      this.warn({ code: 'LEFT_OUT', message }, place);
      return;
    }
    const { role: _, id: __, type: ___, ...said } = attributes;
    // Twine writes them even if there is nothing in them.
    if (text === '' && Object.keys(said).length === 0) return;
    const plain = codePassage(code, text);
    const passage = this.readPassage({ name: plain.name, tags: code, ...said }, text, place);
    this.passages.push({ passage, place });
  }

  private readPassage(
    { name, tags, ...said }: Readonly<Record<string, string>> & { name: string },
    text: string,
    place: Place,
  ): TwinePassage {
    const { placing, metadata, faulty } = takePlacing(withoutEmpty(said));
    for (const key of faulty) {
      const message = `"${key}" of the passage “${name}” must be two numbers, such as "600,400"`;
      this.warn({ code: 'FAULTY_PASSAGE', message, passage: name }, place);
    }
    return { name, tags: words(tags), ...placing, ...(metadata && { metadata }), text };
  }

  private takeTagColor({ attributes: { name, color }, place }: HtmlPiece): void {
    if (name && color) this.tagColors.push([name, color]);
    else this.warn(FAULTY_TAG, place);
  }

  private readStart(): { details: StoryDetails; problems: readonly FileProblem[] } {
    const { name, hidden: _, startnode, zoom, ...said } = this.start.attributes;
    const place = this.start.place;
    const first = startnode && this.passages.find(({ pid }) => pid === startnode);
    const known = pick(said, ['ifid', 'format', 'format-version']);
    const isZoom = zoom !== undefined && zoom.trim() !== '' && Number.isFinite(Number(zoom));
    const { details } = readDetails({
      ...known,
      ...(first && { start: first.passage.name }),
      ...(isZoom && { zoom: Number(zoom) }),
    });
    const metadata = withoutEmpty({
      ...Object.fromEntries(Object.entries(said).filter(([key]) => !Object.hasOwn(known, key))),
      ...(first ? {} : { startnode: startnode ?? '' }),
      ...(isZoom ? {} : { zoom: zoom ?? '' }),
    });
    const problems = [
      ...(name ? [] : [UNNAMED_STORY]),
      ...(startnode && !first ? [noPid(startnode)] : []),
      ...(zoom && !isZoom ? [FAULTY_ZOOM] : []),
    ].map((told) => warning(told, place));
    const isMore = Object.keys(metadata).length > 0;
    return { details: { ...details, ...(isMore && { metadata }) }, problems };
  }

  private warn(told: Told, place: Place): void {
    this.problems.push(warning(told, place));
  }
}

const NO_NAME: Told = {
  code: 'FAULTY_PASSAGE',
  message: 'The passage has no name',
  fix: 'Give it one.',
};

const FAULTY_TAG: Told = {
  code: 'LEFT_OUT',
  message: '<tw-tag> must have a name and a color; it is left out',
};

const UNNAMED_STORY: Told = {
  code: 'FAULTY_STORY_DATA',
  message: 'The story has no name',
  fix: 'Give it one.',
};

const noPid = (startnode: string): Told => ({
  code: 'NO_START',
  message: `No passage has the pid "${startnode}" of "startnode"`,
  fix: 'Write the pid of the passage that the story starts at.',
});

const FAULTY_ZOOM: Told = {
  code: 'FAULTY_STORY_DATA',
  message: '"zoom" must be a number; it is kept as it is',
};

const PASSAGE = 'tw-passagedata';
const ELEMENTS = new Set([PASSAGE, 'script', 'style']);

const codeOf = ({ attributes: { role, type } }: HtmlPiece): Code | undefined => {
  if (role === 'script' || type === 'text/twine-javascript') return 'script';
  return role === 'stylesheet' || type === 'text/twine-css' ? 'stylesheet' : undefined;
};

const words = (text = ''): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** An empty attribute says nothing. */
const withoutEmpty = (said: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ''));

const pick = (said: Readonly<Record<string, string>>, keys: readonly string[]) =>
  withoutEmpty(Object.fromEntries(keys.map((key) => [key, said[key] ?? ''])));
