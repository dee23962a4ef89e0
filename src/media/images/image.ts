import sharp, { type Sharp } from 'sharp';
import { UnfitContent } from '../library/unfit-content.js';

export const IMAGE_VARIANTS = ['thumbnail', 'cover', 'full'] as const;
export type ImageVariant = (typeof IMAGE_VARIANTS)[number];

/** The longest side of each variant, in pixels; smaller images stay as they are. */
const LONGEST_SIDE: Readonly<Record<ImageVariant, number>> = {
  thumbnail: 320,
  cover: 1024,
  full: 2560,
};

const MEGAPIXELS = 50;

/** Nothing is decoded that has more pixels than these, however few bytes it has. */
const MOST_PIXELS = MEGAPIXELS * 1_000_000;

export interface ImageFacts {
  /** Once upright, as all else that is made of it. */
  readonly width: number;
  readonly height: number;
  readonly color: string;
}

const decode = (bytes: Uint8Array): Sharp =>
  // Of an animation the first picture is taken. A truncated file is a warning to some decoders.
  sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'warning' }).autoOrient();

/**
 * Decodes an image to its end.
 * @throws {UnfitContent} when it has too many pixels, or breaks off, or is no image
 */
export async function inspectImage(bytes: Uint8Array): Promise<ImageFacts> {
  try {
    const { autoOrient } = await sharp(bytes, { limitInputPixels: MOST_PIXELS }).metadata();
    const small = await decode(bytes).resize(32, 32, { fit: 'inside' }).png().toBuffer();
    const { dominant } = await sharp(small).flatten().stats();
    const hex = [dominant.r, dominant.g, dominant.b].map((part) =>
      part.toString(16).padStart(2, '0'),
    );
    return { width: autoOrient.width, height: autoOrient.height, color: `#${hex.join('')}` };
  } catch (error) {
    const isLarge = error instanceof Error && error.message.includes('pixel limit');
    throw new UnfitContent(
      isLarge
        ? `must have at most ${MEGAPIXELS} megapixels; make it smaller`
        : 'cannot be decoded: the image is damaged or breaks off; save it again',
      { cause: error },
    );
  }
}

/** Draws an image anew, upright, so that nothing but its pixels is left: no metadata, nor anything behind them. */
export async function drawVariant(
  bytes: Uint8Array,
  variant: ImageVariant,
): Promise<{ data: Buffer; width: number; height: number }> {
  const side = LONGEST_SIDE[variant];
  const { data, info } = await decode(bytes)
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
