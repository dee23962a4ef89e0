import { createRequire } from 'node:module';
import sharp, { type OverlayOptions } from 'sharp';
import { escaped } from '../../../graphql/escaped.js';
import { shortened, type Preview } from '../preview.js';
import { background } from './background.js';

export const CARD_WIDTH = 1200;
export const CARD_HEIGHT = 630;

/** Texts stand at the left, beside the cover. */
const MARGIN = 72;
const COVER_WIDTH = 420;
const TEXT_WIDTH = CARD_WIDTH - COVER_WIDTH - 2 * MARGIN;

/** Below the last text. */
const FOOT = 56;

/** Between two texts. */
const GAP = 26;

/** The fonts come with us: a bare machine has none. Scripts that they lack are taken from those that it has. */
const { resolve } = createRequire(import.meta.url);
const FONTS = {
  regular: {
    font: 'Literata',
    fontfile: resolve('@expo-google-fonts/literata/400Regular/Literata_400Regular.ttf'),
  },
  bold: {
    font: 'Literata Bold',
    fontfile: resolve('@expo-google-fonts/literata/700Bold/Literata_700Bold.ttf'),
  },
};

interface Line {
  readonly text: string;
  readonly style: keyof typeof FONTS;
  /** The size of the letters in pixels. */
  readonly size: number;
  readonly color: string;
  /** Of the whole, in pixels; what is taller is made smaller. */
  readonly mostHeight: number;
}

/** @param cover the bytes of an image. @returns a PNG */
export async function drawCard(preview: Preview, cover?: Uint8Array): Promise<Buffer> {
  const parts: OverlayOptions[] = cover === undefined ? [] : [await coverPart(cover)];
  let top = MARGIN;
  for (const line of linesOf(preview)) {
    const drawn = await drawLine(line);
    if (drawn === undefined) continue;
    parts.push({ input: drawn.data, left: MARGIN, top });
    top += drawn.info.height + GAP;
  }
  const footer = await drawLine(footerOf(preview));
  if (footer !== undefined) {
    const above = CARD_HEIGHT - FOOT - footer.info.height;
    parts.push({ input: footer.data, left: MARGIN, top: above });
  }
  return sharp(Buffer.from(background(preview.slug)))
    .composite(parts)
    .png({ compressionLevel: 9, palette: cover === undefined })
    .toBuffer();
}

function linesOf({ title, description, category, ending }: Preview): Line[] {
  const label = { style: 'regular', size: 26, color: '#f3c969', mostHeight: 40 } as const;
  const text = { style: 'regular', size: 28, color: '#cfd4e6', mostHeight: 130 } as const;
  if (ending === undefined) {
    return [
      { ...label, text: shortened(category.replaceAll('-', ' '), 40) },
      titleLine(title),
      { ...text, text: shortened(description, 170) },
    ];
  }
  return [
    { ...label, text: ending.name === null ? 'An ending reached' : 'Ending reached' },
    titleLine(ending.name ?? 'Which one? Play to find out.'),
    { ...text, text: `in ${shortened(title, 120)}` },
  ];
}

const titleLine = (text: string): Line => {
  const title = shortened(text, 120);
  const size = title.length <= 20 ? 76 : title.length <= 50 ? 58 : 42;
  return { text: title, style: 'bold', size, color: '#ffffff', mostHeight: 250 };
};

const footerOf = ({ author }: Preview): Line => ({
  ...{ style: 'regular', size: 24, color: '#9aa3c0', mostHeight: 40 },
  text: `by ${shortened(author, 40)} · Talegraph`,
});

/** A text, wrapped, on nothing; undefined where nothing of it is to be seen. */
async function drawLine({ text, style, size, color, mostHeight }: Line) {
  const { font, fontfile } = FONTS[style];
  const drawn = await sharp({
    text: {
      text: `<span foreground="${color}">${escaped(text)}</span>`,
      font: `${font} ${size}`,
      fontfile,
      width: TEXT_WIDTH,
      wrap: 'word-char',
      rgba: true,
      dpi: 72,
    },
  })
    .png()
    .toBuffer()
    .catch(unlessInvisible);
  if (drawn === undefined) return undefined;
  return sharp(drawn)
    .resize({ width: TEXT_WIDTH, height: mostHeight, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer({ resolveWithObject: true });
}

/** Passes over a text that is empty, or of signs alone that leave no ink. */
function unlessInvisible(error: unknown): undefined {
  if (!String(error).includes('no text to render')) throw error;
}

async function coverPart(cover: Uint8Array): Promise<OverlayOptions> {
  const input = await sharp(cover)
    .resize(COVER_WIDTH, CARD_HEIGHT, { fit: 'cover', position: 'attention' })
    .png()
    .toBuffer();
  return { input, left: CARD_WIDTH - COVER_WIDTH, top: 0 };
}
