import type { Config } from '../config/config.js';
import { escapeHtml } from '../publishing/formats/html/escape-html.js';
import type { Mail, MailLink, RenderedMail } from './mail.js';

/** Writes a mail as plain text and as simple HTML. @param config where users find the server, and the pages of the front end */
export function render(
  { to, subject, paragraphs, links = [], unsubscribe }: Mail,
  { publicUrl, pagesUrl }: Pick<Config, 'publicUrl' | 'pagesUrl'>,
): RenderedMail {
  const urlOf = ({ path, isServed }: MailLink) => `${isServed ? publicUrl : pagesUrl}${path}`;
  const asText = (link: MailLink) => `${link.label}:\n${urlOf(link)}`;
  const asHtml = (link: MailLink) =>
    `<a href="${escapeHtml(urlOf(link))}">${escapeHtml(link.label)}</a>`;
  const text = [
    ...paragraphs,
    ...links.map(asText),
    ['-- ', `Talegraph, ${pagesUrl}`, ...(unsubscribe ? [asText(unsubscribe)] : [])].join('\n'),
  ].join('\n\n');
  const html = [
    '<!doctype html><html lang="en"><body style="font-family: sans-serif; line-height: 1.5">',
    ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    ...links.map((link) => `<p>${asHtml(link)}</p>`),
    `<p style="color: #666">Talegraph, ${escapeHtml(pagesUrl)}${unsubscribe ? `<br>${asHtml(unsubscribe)}` : ''}</p>`,
    '</body></html>',
  ].join('\n');
  const headers = unsubscribe ? oneClick(urlOf(unsubscribe)) : {};
  return { to, subject, text: `${text}\n`, html, headers };
}

/** What lets mail programs offer to end such mails (RFC 8058). */
const oneClick = (url: string) => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});
