import { createHash } from 'node:crypto';
import { escaped } from '../../graphql/escaped.js';

const STYLE = `
  :root { color-scheme: light dark; }
  body { max-width: 32rem; margin: 0 auto; padding: 2rem 1.25rem; font: 1.125rem/1.6 sans-serif; }
  input, button { display: block; margin: .5rem 0 1rem; padding: .5rem .75rem; font: inherit; }`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** What goes with every page: it runs nothing, asks nobody else for anything, is kept nowhere, and tells nobody its address. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

/** Asks first: programs that look through mails follow links without anybody’s word. */
export const confirmationPage = (token: string): string =>
  page('Confirm your e-mail address', [
    '<p>Is the address that the mail came to yours?</p>',
    `<form method="post">${hidden(token)}<button>Confirm the address</button></form>`,
  ]);

/** @param problem why the last attempt was refused */
export const resetPage = (token: string, problem?: string): string =>
  page('Set a new password', [
    ...(problem === undefined ? [] : [`<p role="alert">${escaped(problem)}</p>`]),
    `<form method="post">${hidden(token)}`,
    '<label for="new">New password, of 8 characters or more</label>',
    '<input id="new" name="newPassword" type="password" autocomplete="new-password" minlength="8" required>',
    '<button>Set the password</button></form>',
  ]);

/** @param text what has come of it */
export const outcomePage = (title: string, text: string): string =>
  page(title, [`<p role="status">${escaped(text)}</p>`]);

const hidden = (token: string) => `<input type="hidden" name="token" value="${escaped(token)}">`;

const page = (title: string, body: readonly string[]): string =>
  [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<title>${title}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="robots" content="noindex"><style>${STYLE}</style></head>`,
    `<body><main><h1>${title}</h1>`,
    ...body,
    '</main></body></html>',
  ].join('\n');
