import { append } from '../../../append.js';

/** A piece of the text of a node, before it is put together. */
export interface Segment {
  /**
   * `text`: words; `markup`: Markdown; `print`: a value that is printed; `label`: the words of a link, which is a choice
   * now; `hidden`: what readers do not see; `open`, `next` and `close`: tags around what is shown only sometimes.
   */
  readonly kind: 'text' | 'markup' | 'print' | 'label' | 'hidden' | 'open' | 'next' | 'close';
  readonly text: string;
}

/** Whether readers see nothing of it. */
export const isBlank = (segments: readonly Segment[]): boolean =>
  segments.every(
    ({ kind, text }) =>
      kind === 'hidden' || ((kind === 'text' || kind === 'markup') && text.trim() === ''),
  );

interface Line {
  readonly segments: readonly Segment[];
}

export interface TextStyle {
  /** Whether the source is Markdown: its white space at the beginning of lines means something. */
  readonly isMarkdown: boolean;
  /** Whether a new line in the source is one for the reader, too. */
  readonly hasBreaks: boolean;
}

/**
 * Puts a text together line by line. Links that stand by themselves go, as choices tell of them; those within a sentence
 * leave their words. Lines with nothing to see go, and what is hidden in them stays.
 */
export function contentOf(
  segments: readonly Segment[],
  { isMarkdown, hasBreaks }: TextStyle,
): string {
  const bare = linesOf(segments).map(withoutBareLinks);
  const lines = isMarkdown ? bare : bare.map(unindented);
  const shown = withoutEmptyBranches(joinedLines(lines, hasBreaks));
  return shown
    .map(({ text }) => text)
    .join('')
    .replaceAll(/(?<![ \t])[ \t]*\n(?:[ \t]*\n)+/g, '\n\n')
    .trim();
}

/** The words of a link or a title: on one line, without markup. */
export const labelOf = (segments: readonly Segment[]): string =>
  withoutEmptyBranches(segments.filter(({ kind }) => kind !== 'markup'))
    .map(({ text }) => text)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();

function linesOf(segments: readonly Segment[]): Line[] {
  const lines: { segments: Segment[] }[] = [{ segments: [] }];
  for (const segment of segments) {
    if (segment.kind !== 'text' && segment.kind !== 'markup') {
      lines.at(-1)!.segments.push(segment);
      continue;
    }
    segment.text.split('\n').forEach((text, i) => {
      if (i > 0) lines.push({ segments: [] });
      if (text !== '') lines.at(-1)!.segments.push({ ...segment, text });
    });
  }
  return lines;
}

const isSeen = ({ kind }: Segment) => kind === 'text' || kind === 'markup' || kind === 'print';

/** Nothing but signs: what stands between links in a row, or before them in a list. */
const HAS_WORDS = /[\p{L}\p{N}]/u;

function withoutBareLinks({ segments }: Line): Line {
  if (!segments.some(({ kind }) => kind === 'label')) return { segments };
  const hasWords = segments.some(
    ({ kind, text }) => kind === 'print' || (kind === 'text' && HAS_WORDS.test(text)),
  );
  return hasWords
    ? { segments }
    : { segments: segments.filter((segment) => segment.kind !== 'label' && !isSeen(segment)) };
}

function unindented({ segments }: Line): Line {
  const first = segments.findIndex(isShown);
  const segment = segments[first];
  if (segment?.kind !== 'text') return { segments };
  return { segments: segments.with(first, { ...segment, text: segment.text.trimStart() }) };
}

const isShown = (segment: Segment) => isSeen(segment) || segment.kind === 'label';

/** Lines with nothing in them to see are no lines, but what they hold comes before the next one. */
function joinedLines(lines: readonly Line[], hasBreaks: boolean): Segment[] {
  const all: Segment[] = [];
  let previous: 'none' | 'blank' | 'words' | 'block' = 'none';
  for (const { segments } of lines) {
    const isEmpty = !segments.some((each) => isShown(each) && each.text.trim() !== '');
    if (isEmpty) {
      append(
        all,
        segments.filter((each) => !isShown(each)),
      );
      if (segments.every(isShown) && previous !== 'none') {
        if (previous !== 'blank') all.push(NEW_LINE, NEW_LINE);
        previous = 'blank';
      }
      continue;
    }
    const kind = isBlock(segments) ? 'block' : 'words';
    if (previous === 'words' && kind === 'words') all.push(hasBreaks ? BREAK : NEW_LINE);
    else if (previous === 'words' || previous === 'block') all.push(NEW_LINE);
    append(all, segments);
    previous = kind;
  }
  return all;
}

const NEW_LINE: Segment = { kind: 'text', text: '\n' };
/** Two blanks: where nothing comes after them, as a condition may have it, they are nothing. */
const BREAK: Segment = { kind: 'text', text: '  \n' };

/** A heading, an item of a list or a rule, which end with their line. */
const isBlock = (segments: readonly Segment[]): boolean => {
  const first = segments.find(isShown)!;
  return first.kind === 'markup' && /^\s*(#{1,6} |[-*+] |\d+\. |---|> )/.test(first.text);
};

/** Takes away choices between nothing and nothing. */
function withoutEmptyBranches(segments: readonly Segment[]): Segment[] {
  const kept: Segment[] = [];
  const opened: { at: number; isEmpty: boolean }[] = [];
  for (const segment of segments) {
    const innermost = opened.at(-1);
    if (segment.kind === 'open') opened.push({ at: kept.length, isEmpty: true });
    else if (segment.kind === 'close' && innermost !== undefined) {
      opened.pop();
      if (innermost.isEmpty) {
        const inside = kept.splice(innermost.at).filter(({ kind }) => kind === 'hidden');
        append(kept, inside);
        continue;
      }
      for (const outer of opened) outer.isEmpty = false;
    } else if (isShown(segment) && segment.text.trim() !== '' && innermost !== undefined) {
      innermost.isEmpty = false;
    }
    kept.push(segment);
  }
  return kept;
}
