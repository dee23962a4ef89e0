import { parseTwineLink, TWINE_LINK } from '../dialects/common/twine-link.js';

/** Whether `[[text->target]]` leads to that passage, and is no code. */
export function isBracketable(text: string, target: string): boolean {
  const link = `[[${text}->${target}]]`;
  TWINE_LINK.lastIndex = 0;
  const [whole, inner] = TWINE_LINK.exec(link) ?? [];
  const isCode = /^[$"'`]/.test(target);
  return whole === link && !isCode && parseTwineLink(inner!).target === target;
}
