import type {
  AudioDefinition,
  ImageDefinition,
  NodeMediaDefinition,
} from '../engine/core/definition.js';
import { element } from './dom.js';

type Files = Readonly<Record<string, string>>;

/** What a node shows and plays. What is not in the file is told of instead. */
export function mediaOf({ image, audio }: NodeMediaDefinition = {}, files: Files): HTMLElement[] {
  return [
    ...(image === undefined ? [] : [imageOf(image, files[image.key ?? ''])]),
    ...(audio === undefined ? [] : [audioOf(audio, files[audio.key ?? ''])]),
  ];
}

function imageOf({ alt, width, height }: ImageDefinition, src: string | undefined): HTMLElement {
  if (src === undefined) return missing('An image is not in this file', alt);
  return element('img', { src, alt, width: width!, height: height! });
}

function audioOf({ alt }: AudioDefinition, src: string | undefined): HTMLElement {
  if (src === undefined) return missing('A recording is not in this file', alt);
  return element('audio', {
    src,
    controls: true,
    preload: 'metadata',
    ariaLabel: alt === '' ? 'Recording' : alt,
  });
}

const missing = (what: string, alt: string) =>
  element('p', { className: 'note' }, alt === '' ? `${what}.` : `${what}: ${alt}`);
