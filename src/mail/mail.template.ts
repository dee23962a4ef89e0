import type { Mail, RenderedMail } from './mail.js';

/** Writes a mail as plain text and as simple HTML. @param publicUrl where users find the server */
export function render({ to, subject, paragraphs, link }: Mail, publicUrl: string): RenderedMail {
  const url = link && `${publicUrl}${link.path}`;
  const text = [
    ...paragraphs,
    ...(link ? [`${link.label}:\n${url}`] : []),
    `-- \nTalegraph, ${publicUrl}`,
  ].join('\n\n');
  const html = [
    '<!doctype html><html lang="en"><body style="font-family: sans-serif; line-height: 1.5">',
    ...paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`),
    ...(link ? [`<p><a href="${escape(url!)}">${escape(link.label)}</a></p>`] : []),
    `<p style="color: #666">Talegraph, ${escape(publicUrl)}</p>`,
    '</body></html>',
  ].join('\n');
  return { to, subject, text: `${text}\n`, html };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escape = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);
