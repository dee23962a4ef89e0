import { asEntities, type TargetFormat } from './target-format.js';

/** Any other story format: it gets texts and links, and rules as comments. */
export const plain: TargetFormat = {
  comment: (text) => `<!-- ${text} -->`,
  words: (text) => asEntities(text, /\[\[|<(?=[!/%a-z])|\{|^\[(?=[^\]]*\]$)/gim),
};
