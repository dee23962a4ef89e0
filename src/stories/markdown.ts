import sanitizeHtml from 'sanitize-html';
import { ALLOWED, markdown } from '../publishing/formats/markdown.js';

/** A plain text as HTML. */
export const escapeMarkup = (text: string): string => markdown.utils.escapeHtml(text);

/** Renders an author's Markdown as HTML that holds nothing but text formatting and web links. */
export const renderMarkdown = (text: string): string =>
  sanitizeHtml(markdown.render(text), {
    allowedTags: ALLOWED.tags,
    allowedAttributes: { ...ALLOWED.attributes, a: [...ALLOWED.attributes.a!, 'rel'] },
    allowedSchemes: ALLOWED.schemes,
    transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: ALLOWED.linkRel }) },
  });
