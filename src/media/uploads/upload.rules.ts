import type { FieldProblem } from '../../graphql/errors.js';
import type { UploadKindValue } from './upload.entity.js';

export const MEGABYTE = 1024 * 1024;

/** How long an address for an upload is good, in minutes. */
export const UPLOAD_MINUTES = 15;

/** The most uploads of one user that lie there without having become media. */
export const MOST_WAITING = 50;

/** What uploads of each kind may be. What they are is told by their content, whatever their names. */
export const UPLOAD_RULES: Readonly<Record<UploadKindValue, { what: string; mostBytes: number }>> =
  {
    image: {
      what: 'an image',
      mostBytes: 15 * MEGABYTE,
    },
    audio: {
      what: 'a recording',
      mostBytes: 50 * MEGABYTE,
    },
    import: {
      what: 'a file to import',
      mostBytes: 64 * MEGABYTE,
    },
  };

/** What the name of a picture or a recording may not hold, last or before: some servers and systems would run it. */
const RUN_BY_OTHERS =
  /\.(x?html?|svgz?|xml|m?js|css|php\d?|phtml|asp|aspx|jsp|cgi|pl|py|sh|bat|cmd|exe|com|scr|jar|swf)(?=\.|$)/i;

/** All that is wrong with what a client wants to upload. */
export function uploadProblems({
  kind,
  filename,
  size,
}: {
  kind: UploadKindValue;
  filename: string;
  size: number;
}): FieldProblem[] {
  const { what, mostBytes } = UPLOAD_RULES[kind];
  const [run] = RUN_BY_OTHERS.exec(filename) ?? [];
  const problems: FieldProblem[] = [];
  if (/[/\\\p{Cc}]/u.test(filename) || filename.startsWith('.')) {
    problems.push({
      path: 'input.filename',
      message:
        'must be the name of a file alone, without a path, control characters or a dot first',
    });
  } else if (kind !== 'import' && run !== undefined) {
    problems.push({
      path: 'input.filename',
      message: `must not have the extension "${run}", which ${what} does not have: take it out of the name`,
    });
  }
  if (size < 1 || size > mostBytes) {
    problems.push({
      path: 'input.size',
      message: `${what} has 1 to ${mostBytes} bytes (${mostBytes / MEGABYTE} MB)`,
    });
  }
  return problems;
}
