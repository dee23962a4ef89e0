import { readFileSync } from 'node:fs';
import sharp from 'sharp';

/** A picture of one colour with a bright left upper quarter. */
export function picture(width: number, height: number) {
  const corner = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  return sharp({ create: { width, height, channels: 3, background: '#204060' } }).composite([
    {
      input: { create: { ...corner, channels: 3, background: '#f0e0d0' } },
      left: 0,
      top: 0,
    },
  ]);
}

/** Noise, which no format packs well. */
export const noise = (side: number) =>
  sharp({
    create: {
      width: side,
      height: side,
      channels: 3,
      background: '#000000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });

const text = (value: string) => Buffer.from(value, 'latin1');

/** So many seconds of a tone: 8,000 samples a second, 16 bits, mono. */
export function wav(seconds: number): Buffer {
  const data = Buffer.alloc(seconds * 16_000);
  for (let i = 0; i < data.length; i += 2) data.writeInt16LE(8000 * Math.sin(i / 10), i);
  const head = Buffer.alloc(44);
  text('RIFF').copy(head);
  head.writeUInt32LE(36 + data.length, 4);
  text('WAVEfmt ').copy(head, 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  text('data').copy(head, 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** Silent frames of MPEG 1 layer 3: 128 kbit and 44,100 samples a second, 1,152 samples each. */
export function mp3(frames: number): Buffer {
  const frame = Buffer.alloc(417);
  Buffer.from([0xff, 0xfb, 0x90, 0xc4]).copy(frame);
  return Buffer.concat(Array<Buffer>(frames).fill(frame));
}

/** The head of a FLAC file that says it has so many seconds of 44,100 samples, and one empty frame's worth behind it. */
export function flac(seconds: number): Buffer {
  const info = Buffer.alloc(34);
  info.writeUInt16BE(4096, 0);
  info.writeUInt16BE(4096, 2);
  const samples = BigInt(seconds * 44_100);
  info.writeBigUInt64BE((44_100n << 44n) | (0n << 41n) | (15n << 36n) | samples, 10);
  return Buffer.concat([text('fLaC'), Buffer.from([0x80, 0, 0, 34]), info, Buffer.alloc(4096)]);
}

/** ADTS frames of AAC-LC: 44,100 samples a second, 1,024 samples each. */
export function aac(frames: number): Buffer {
  const length = 64;
  const frame = Buffer.alloc(length);
  Buffer.from([
    0xff,
    0xf1,
    0x50,
    0x80 | (length >> 11),
    (length >> 3) & 0xff,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  ]).copy(frame);
  return Buffer.concat(Array<Buffer>(frames).fill(frame));
}

/** Half a second of a tone of 440 Hz, encoded with FFmpeg: no code of ours writes these. */
export const recording = (name: 'opus.ogg' | 'vorbis.ogg' | 'aac.m4a'): Buffer =>
  readFileSync(new URL(`recordings/${name}`, import.meta.url));
