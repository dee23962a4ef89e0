import { createHash } from 'node:crypto';
import { escaped } from '../../graphql/escaped.js';
import { CARD_HEIGHT, CARD_WIDTH } from './cards/card.js';
import { headline, shortened, type Preview } from './preview.js';

/** The addresses on a page. */
export interface PageAddresses {
  readonly page: string;
  readonly card: string;
  /** Where the story can be played; undefined where no front end is known. */
  readonly play: string | undefined;
}

const MOST_DESCRIBED = 300;

const STYLE = `
  :root { color-scheme: light dark; }
  body { margin: 0; font: 1.125rem/1.6 Georgia, serif; background: Canvas; color: CanvasText; }
  main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem; }
  img { display: block; width: 100%; height: auto; border-radius: .5rem; }
  h1 { margin: 1.5rem 0 0; font-size: 2rem; line-height: 1.2; overflow-wrap: anywhere; }
  p { overflow-wrap: anywhere; }
  .play { display: inline-block; margin-top: 1rem; padding: .6rem 1.4rem; border-radius: .5rem;
    background: LinkText; color: Canvas; text-decoration: none; }`;

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What the pages may do: show pictures of this server, in their own style, and run nothing. */
export const pagePolicy = (origin: string): string =>
  `default-src 'none'; img-src ${origin}; style-src ${hashOf(STYLE)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The page of a share, with what other sites make a preview of: https://ogp.me. It needs no scripts. */
export function sharePage(preview: Preview, { page, card, play }: PageAddresses): string {
  const title = headline(preview);
  const description = shortened(preview.description, MOST_DESCRIBED);
  const properties = {
    'og:type': 'website',
    'og:site_name': 'Talegraph',
    'og:title': title,
    'og:description': description,
    'og:url': play ?? page,
    'og:image': card,
    'og:image:type': 'image/png',
    'og:image:width': String(CARD_WIDTH),
    'og:image:height': String(CARD_HEIGHT),
    'og:image:alt': title,
  };
  const metas = Object.entries(properties).map(
    ([property, content]) => `<meta property="${property}" content="${escaped(content)}">`,
  );
  return htmlPage(preview.language, title, [
    ...[`<meta name="description" content="${escaped(description)}">`, ...metas],
    '<meta name="twitter:card" content="summary_large_image">',
    `<link rel="canonical" href="${escaped(play ?? page)}">`,
    '</head><body><main>',
    `<img src="${escaped(card)}" width="${CARD_WIDTH}" height="${CARD_HEIGHT}" alt="">`,
    `<h1>${escaped(title)}</h1>`,
    `<p>by ${escaped(preview.author)}</p>`,
    `<p>${escaped(preview.description)}</p>`,
    ...(play === undefined ? [] : [`<a class="play" href="${escaped(play)}">Play the story</a>`]),
  ]);
}

/** The page where nothing is to be seen, which tells nothing of what was. */
export const gonePage = (): string =>
  htmlPage('en', 'Not here any more', [
    '<meta name="robots" content="noindex">',
    '</head><body><main>',
    '<h1>Not here any more</h1>',
    '<p>This link leads nowhere: it was taken back, or the story is not published now.</p>',
  ]);

/** @param parts the rest of the head, which ends it and begins the body */
const htmlPage = (language: string, title: string, parts: readonly string[]): string =>
  [
    `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8">`,
    `<title>${escaped(title)}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<style>${STYLE}</style>`,
    ...parts,
    '</main></body></html>',
  ].join('\n');
