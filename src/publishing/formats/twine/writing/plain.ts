import { escapeHtml } from '../../html/escape-html.js';
import { asEntities, type TargetFormat } from './target-format.js';

/** Any other story format: it gets texts and links, and rules as comments. */
export const plain: TargetFormat = {
  comment: (text) => `<!-- ${text} -->`,
  namedLink: (text, target) => `<a data-passage="${escapeHtml(target)}">${text}</a>`,
  words: (text) => asEntities(text, /\[\[|<(?=[!/%a-z])|\{|^\[(?=[^\]]*\]$)/gim),
};
