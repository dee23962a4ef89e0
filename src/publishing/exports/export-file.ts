import { Readable } from 'node:stream';
import { ExportFormat } from './export.type.js';

/** Bytes that are read when they are sent. */
export interface LaterBytes {
  readonly size: number;
  readonly read: () => Promise<Buffer>;
}

/** A part of a file. */
export type Piece = Buffer | LaterBytes;

/** A story as a file of some format. */
export interface ExportFile {
  readonly filename: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** How many images and recordings of the story are not in it. */
  readonly mediaLeftOut: number;
  /** The bytes, in order. */
  readonly stream: () => Readable;
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

/** @param version the number of the version; left out for the draft */
export function exportFile(
  format: ExportFormat,
  { slug, version }: { slug: string; version?: number },
  { pieces, mediaLeftOut }: { pieces: readonly Piece[]; mediaLeftOut: number },
): ExportFile {
  const { ending, mediaType } = KINDS[format];
  return {
    filename: `${slug}${version === undefined ? '' : `-v${version}`}${ending}`,
    mediaType,
    size: pieces.reduce((sum, piece) => sum + sizeOf(piece), 0),
    mediaLeftOut,
    stream: () => Readable.from(bytesOf(pieces), { objectMode: false }),
  };
}

const sizeOf = (piece: Piece) => (Buffer.isBuffer(piece) ? piece.length : piece.size);

/** @throws when a file is no longer what it was when the size was told */
async function* bytesOf(pieces: readonly Piece[]) {
  for (const piece of pieces) {
    const bytes = Buffer.isBuffer(piece) ? piece : await piece.read();
    if (bytes.length !== sizeOf(piece)) throw new Error('A medium is no longer what it was.');
    yield bytes;
  }
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
