import { Tokenizer, TokenizerMode, type Token } from 'parse5';
import type { Place } from '../place.js';

/** A piece of an HTML file, as browsers cut it. */
export interface HtmlPiece {
  readonly kind: 'start' | 'end' | 'text' | 'other';
  /** Of a tag, in small letters. */
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Text without character references; all else as it stands in the file. */
  readonly content: string;
  readonly place: Place;
}

/** What stands in these elements is text, whatever it looks like. */
const TEXT_MODES: Readonly<Record<string, Tokenizer['state']>> = {
  script: TokenizerMode.SCRIPT_DATA,
  style: TokenizerMode.RAWTEXT,
  xmp: TokenizerMode.RAWTEXT,
  iframe: TokenizerMode.RAWTEXT,
  noembed: TokenizerMode.RAWTEXT,
  noframes: TokenizerMode.RAWTEXT,
  noscript: TokenizerMode.RAWTEXT,
  title: TokenizerMode.RCDATA,
  textarea: TokenizerMode.RCDATA,
};

/**
 * Cuts HTML into pieces by the rules of the HTML standard. There is no tree, as a story needs none and building one
 * takes more than linear time for some files. As the standard has it, each end of a line is a line feed, and there is no
 * NUL.
 *
 * @param isText whether tags are text at the moment, so that even `script` has no content of its own
 */
export const readHtmlPieces = (
  file: string,
  take: (piece: HtmlPiece) => void,
  isText: () => boolean,
): void => {
  const source = file.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  const pieceOf = (kind: HtmlPiece['kind'], { location }: { location: Token.Location | null }) => ({
    kind,
    tag: '',
    attributes: {},
    content: source.slice(location!.startOffset, location!.endOffset),
    place: { line: location!.startLine, column: location!.startCol },
  });
  const takeText = (token: Token.CharacterToken) => {
    take({ ...pieceOf('text', token), content: token.chars });
  };
  const takeOther = (token: Token.CommentToken | Token.DoctypeToken) => {
    take(pieceOf('other', token));
  };
  const takeTag = (kind: 'start' | 'end', token: Token.TagToken) => {
    const attributes = Object.fromEntries(token.attrs.map(({ name, value }) => [name, value]));
    take({ ...pieceOf(kind, token), tag: token.tagName, attributes });
  };
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onCharacter: takeText,
      onWhitespaceCharacter: takeText,
      onNullCharacter: takeText,
      onComment: takeOther,
      onDoctype: takeOther,
      onEof: () => undefined,
      onEndTag: (token) => {
        takeTag('end', token);
      },
      onStartTag: (token) => {
        takeTag('start', token);
        const mode = Object.hasOwn(TEXT_MODES, token.tagName) && TEXT_MODES[token.tagName];
        if (mode && !isText()) tokenizer.state = mode;
      },
    },
  );
  tokenizer.write(source, true);
};
