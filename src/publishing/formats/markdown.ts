import MarkdownIt from 'markdown-it';

/** The Markdown that authors write: no HTML in it, and no links but written ones. */
export const markdown = new MarkdownIt({ html: false, linkify: false, typographer: true });

/** All that may stand in a rendered text, on the server and in the offline file alike: formatting and web links. */
export const ALLOWED = {
  tags: [
    ...['p', 'br', 'hr', 'em', 'strong', 's', 'a', 'ul', 'ol', 'li', 'blockquote', 'code', 'pre'],
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  attributes: { a: ['href', 'title'], ol: ['start'] } as Readonly<Record<string, string[]>>,
  schemes: ['http', 'https', 'mailto'],
  /** What every link says of itself: the story does not vouch for where it leads. */
  linkRel: 'noopener noreferrer nofollow',
};
