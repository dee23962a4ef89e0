import { warning, type FileProblem, type Place } from '../place.js';
import { DATA, DEFAULT_START, TITLE } from './special-passages.js';
import { isTweeHeader, readTweeHeader } from './twee-header.js';

/** A line of Twee, and where it begins in the file. */
export interface TweeLine extends Place {
  readonly text: string;
}

interface TweeLines {
  readonly lines: readonly TweeLine[];
  readonly problems: readonly FileProblem[];
}

/** A header that stands behind other text, as files have them that were joined without a line break at their ends. */
interface Behind extends Place {
  readonly name: string;
  readonly kind: 'needed' | 'likely' | 'possible';
}

/**
 * The lines of a file. What looks like a header behind other text is told; and it begins a line of its own where a passage
 * of that name is wanted, as something leads there or as it is special, and there is none. Others that stand right behind
 * a link, a tag or a macro are read so too, once the file has one of those.
 */
export function tweeLines(file: string): TweeLines {
  const written = file.split('\n');
  const behind = behindOthers(written);
  if (behind.size === 0) return { lines: written.map(asWritten), problems: [] };
  const isJoined = [...behind.values()].some(({ kind }) => kind === 'needed');
  const isRead = ({ kind }: Behind) => kind === 'needed' || (isJoined && kind === 'likely');
  return {
    lines: written.flatMap((text, i) => {
      const header = behind.get(i);
      if (header === undefined || !isRead(header)) return [asWritten(text, i)];
      const { line, column } = header;
      const split = column - 1;
      return [asWritten(text.slice(0, split), i), { text: text.slice(split), line, column }];
    }),
    problems: [...behind.values()].map((header) => problemOf(header, isRead(header))),
  };
}

const asWritten = (text: string, i: number): TweeLine => ({ text, line: i + 1, column: 1 });

function problemOf({ name, line, column }: Behind, isRead: boolean): FileProblem {
  const what = `“:: ${name}” stands behind other text`;
  return warning(
    {
      code: 'FAULTY_PASSAGE',
      passage: name,
      ...(isRead
        ? { message: `${what}; it is read as a passage all the same`, fix: 'Begin a line with it.' }
        : {
            message: `${what}, and is read as text`,
            fix: 'Begin a line with it if it is a passage.',
          }),
    },
    { line, column },
  );
}

/** What is wanted of a story besides what it leads to. */
const SPECIAL = [
  ...[TITLE, DATA, DEFAULT_START, 'StoryInit', 'StoryCaption', 'StoryMenu', 'StoryInterface'],
  ...['StorySettings', 'StoryBanner', 'StoryAuthor', 'StorySubtitle', 'StoryDisplayTitle'],
  ...['PassageReady', 'PassageDone', 'PassageHeader', 'PassageFooter'],
];

/** By the index of its line. */
function behindOthers(lines: readonly string[]): Map<number, Behind> {
  const found = new Map<number, Behind>();
  const places = lines.flatMap((line, i) =>
    line.includes(':: ') && !isTweeHeader(line) ? [i] : [],
  );
  if (places.length === 0) return found;
  const known = new Set(lines.filter(isTweeHeader).map((line) => nameIn(line)));
  const wanted = wantedBy(lines);
  for (const i of places) {
    const header = headerIn(lines[i]!, known, wanted);
    if (header === undefined) continue;
    found.set(i, { ...header, line: i + 1 });
    known.add(header.name);
  }
  return found;
}

const nameIn = (line: string): string => readTweeHeader(line.replace(/\r$/, '')).name;

/** How many places of a line are looked at. */
const MOST_PLACES = 10;

const CLOSING = /(?:>>|\]\]|<\/[\w-]+>|\})$/;

function headerIn(
  line: string,
  known: ReadonlySet<string | undefined>,
  wanted: ReadonlySet<string>,
): Omit<Behind, 'line'> | undefined {
  let at = line.indexOf(':: ', 1);
  for (let count = 0; at > 0 && count < MOST_PLACES; at = line.indexOf(':: ', at + 1), count++) {
    const before = line.slice(Math.max(0, at - 50), at);
    const { name, faults } = readTweeHeader(line.slice(at).replace(/\r$/, ''));
    // Behind nothing but backslashes it is escaped: text that looks like a header.
    if (name === '' || faults.length > 0 || /^[\s\\]*$/.test(before)) continue;
    const isWanted = wanted.has(name) && !known.has(name);
    const isClosed = CLOSING.test(before);
    const kind = kindOf(isWanted && /\S$/.test(before), isClosed && !known.has(name));
    if (isWanted || isClosed) return { name, kind, column: at + 1 };
  }
  return undefined;
}

const kindOf = (isNeeded: boolean, isLikely: boolean): Behind['kind'] =>
  isNeeded ? 'needed' : isLikely ? 'likely' : 'possible';

/** The names that links and code speak of, and those that are special. */
function wantedBy(lines: readonly string[]): ReadonlySet<string> {
  const wanted = new Set(SPECIAL);
  for (const line of lines) {
    for (const [, link, double, single] of line.matchAll(NAMES)) {
      const names = link === undefined ? [double ?? single!] : link.split(/->|<-|\|/);
      for (const name of names) wanted.add(name.trim());
    }
  }
  return wanted;
}

const NAMES = /\[\[([^\][\n]{1,500})\]|"([^"\n]{1,200})"|'([^'\n]{1,200})'/g;
