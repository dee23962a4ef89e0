import { proseLines, shortened } from './prose-lines.js';
import { withoutLiquid } from './templates/pieces.js';

/** What stands in a text as authors write it in Twine, where readers see it as it is written. */
export interface TwineMark {
  readonly kind: 'link' | 'name' | 'code';
  readonly written: string;
  readonly line: number;
}

/** `[[Hall]]`, `<<set …>>`, `(set: …)`, `$gold`: none of them where it is escaped. */
const MARK =
  /(?<!\\)(?:(\[\[[^[\]\n]+\]\](?!\())|(<<\/?(?:if|elseif|else|set|unset|print|link|goto|include|display|run|button|nobr|silently)\b[^<>\n]*>>|\((?:set|put|print|if|unless|else-if|else|display|go-to|goto|link-goto):)|(?<![\w$])\$([a-zA-Z]\w*))/gi;

/**
 * Finds what is written as in Twine. Prices are none, and neither is what stands in Liquid, its comments, or code. Linear.
 * @param isDeclared whether the story has a variable, stat or item of a name
 */
export function twineMarks(text: string, isDeclared: (name: string) => boolean): TwineMark[] {
  if (!/\[\[|<<|\$[a-z]|\([a-z-]+:/i.test(text)) return [];
  return proseLines(withoutLiquid(text)).flatMap(({ text: prose, line }) =>
    [...prose.matchAll(MARK)].flatMap(([found, link, , name]): TwineMark[] => {
      if (name !== undefined && !isDeclared(name)) return [];
      const kind = link !== undefined ? 'link' : name !== undefined ? 'name' : 'code';
      return [{ kind, written: found, line }];
    }),
  );
}

const WHAT: Readonly<Record<TwineMark['kind'], string>> = {
  link: 'a link as in Twine',
  name: 'a name as in Twine',
  code: 'code as in Twine',
};

/** What is wrong with it, in an author's words. */
export const twineFaultOf = ({ kind, written }: TwineMark): string =>
  `${shortened(written)} is ${WHAT[kind]}; readers see it as it is written.`;

/** What to do about it. */
export const twineFixOf = ({ kind, written }: TwineMark): string =>
  ({
    link: 'Lead readers on by a choice: addChoice.',
    name: `Write {{ ${written.slice(1)} }}.`,
    code: 'Write effects and conditions, or Liquid: {% if gold > 3 %}. Twine stories become so by importStories.',
  })[kind];
