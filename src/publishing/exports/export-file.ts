import { ExportFormat } from './export.type.js';

/** A story as a file of some format. */
export interface ExportFile {
  readonly filename: string;
  readonly mediaType: string;
  /** In pieces, to be joined as they are. */
  readonly pieces: readonly Buffer[];
  /** In bytes. */
  readonly size: number;
}

const KINDS: Readonly<Record<ExportFormat, { ending: string; mediaType: string }>> = {
  [ExportFormat.TALEGRAPH_JSON]: { ending: '.json', mediaType: 'application/json' },
  [ExportFormat.CSV]: { ending: '.csv', mediaType: 'text/csv; charset=utf-8' },
  [ExportFormat.TWEE]: { ending: '.twee', mediaType: 'text/plain; charset=utf-8' },
  [ExportFormat.TWINE_HTML]: { ending: '.twine.html', mediaType: 'text/html; charset=utf-8' },
  [ExportFormat.TWINE_JSON]: { ending: '.twine.json', mediaType: 'application/json' },
  [ExportFormat.MERMAID]: { ending: '.mmd', mediaType: 'text/plain; charset=utf-8' },
  [ExportFormat.DOT]: { ending: '.dot', mediaType: 'text/plain; charset=utf-8' },
  [ExportFormat.HTML]: { ending: '.html', mediaType: 'text/html; charset=utf-8' },
};

/** How many characters become bytes at a time: what other readers wait for. */
const SLICE = 1024 * 1024;

/** @param version the number of the version; left out for the draft */
export function exportFile(
  format: ExportFormat,
  { slug, version }: { slug: string; version?: number },
  texts: readonly string[],
): ExportFile {
  const { ending, mediaType } = KINDS[format];
  const pieces = texts.flatMap((text) => slices(text)).map((slice) => Buffer.from(slice));
  return {
    filename: `${slug}${version === undefined ? '' : `-v${version}`}${ending}`,
    mediaType,
    pieces,
    size: pieces.reduce((sum, { length }) => sum + length, 0),
  };
}

/** Never within a character of two code units. */
function slices(text: string): string[] {
  const made: string[] = [];
  let from = 0;
  while (from < text.length) {
    const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(from + SLICE - 1));
    const end = from + SLICE - (isHalf ? 1 : 0);
    made.push(text.slice(from, end));
    from = end;
  }
  return made;
}

/** As RFC 6266 has it: for old clients too, and with every character of the name by RFC 5987. */
export function contentDisposition(filename: string): string {
  const plain = filename.replaceAll(/[^\w.-]/g, '_');
  const whole = encodeURIComponent(filename).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
