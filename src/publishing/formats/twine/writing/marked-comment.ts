import type { TargetFormat } from './target-format.js';

/**
 * What a story format cannot say, as JSON in a comment, so that it is not lost. Nothing in it ends a comment or looks
 * like a link.
 */
export const markedComment = (what: unknown, { comment }: TargetFormat): string =>
  comment(
    `talegraph: ${JSON.stringify(what)
      .replaceAll('<', '\\u003c')
      .replaceAll('>', '\\u003e')
      .replaceAll('[[', '[\\u005b')}`,
  );
