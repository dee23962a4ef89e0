/** Where a tag begins or ends that hides what stands within it. */
const HIDING = /\{%-?\s*(end)?(comment|raw)\b/g;

/**
 * A text with its comments, and what else is named, blanked out to spaces: every place stays as it is. What is never
 * closed is hidden to the end. Linear.
 */
export function withoutComments(text: string, hidden: readonly string[] = ['comment']): string {
  if (!text.includes('{%')) return text;
  const parts: string[] = [];
  let within: string | undefined;
  let from = 0;
  const take = (end: number) => {
    const part = text.slice(from, end);
    parts.push(within !== undefined && hidden.includes(within) ? blank(part) : part);
    from = end;
  };
  for (const { 1: isEnd, 2: name, index } of text.matchAll(HIDING)) {
    if (within === undefined && isEnd === undefined) {
      take(index);
      within = name;
    } else if (within === name && isEnd !== undefined) {
      take(afterTag(text, index));
      within = undefined;
    }
  }
  take(text.length);
  return parts.join('');
}

function afterTag(text: string, index: number): number {
  const end = text.indexOf('%}', index);
  return end === -1 ? text.length : end + 2;
}

/** As much room, with nothing in it. */
export const blank = (text: string): string => text.replaceAll(/[^\n]/g, ' ');
