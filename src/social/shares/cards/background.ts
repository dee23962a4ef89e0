import { createHash } from 'node:crypto';

/** What branches: a tree of paths in the right half, in units of the picture's size. */
const PATHS = [
  ...['M.58 .5 C.66 .5 .66 .28 .74 .28', 'M.58 .5 C.66 .5 .66 .72 .74 .72'],
  ...['M.74 .28 C.82 .28 .82 .14 .9 .14', 'M.74 .28 C.82 .28 .82 .42 .9 .42'],
  ...['M.74 .72 C.82 .72 .82 .6 .9 .6', 'M.74 .72 C.82 .72 .82 .86 .9 .86'],
];
const NODES = [
  ...([
    [0.58, 0.5],
    [0.74, 0.28],
    [0.74, 0.72],
  ] as const),
  ...([
    [0.9, 0.14],
    [0.9, 0.42],
    [0.9, 0.6],
    [0.9, 0.86],
  ] as const),
];

/**
 * The SVG that cards are drawn on: night, and a story that branches.
 * @param seed decides its colour, so that a story keeps its own
 */
export function background(seed: string, width: number, height: number): string {
  const hue = createHash('sha256').update(seed).digest().readUInt16BE() % 360;
  const circles = NODES.map(
    ([x, y]) => `<circle cx="${x * width}" cy="${y * height}" r="13" fill="url(#glow)"/>`,
  );
  const paths = PATHS.map((path) => {
    let isX = false;
    const d = path.replace(/\.\d+/g, (part) => {
      isX = !isX;
      return String(Number(part) * (isX ? width : height));
    });
    return `<path d="${d}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs>
      <linearGradient id="night" x1="0" y1="0" x2="1" y2="1">
        <stop offset="0" stop-color="hsl(${hue}, 34%, 13%)"/>
        <stop offset="1" stop-color="hsl(${(hue + 40) % 360}, 42%, 27%)"/>
      </linearGradient>
      <radialGradient id="glow">
        <stop offset="0" stop-color="hsl(${hue}, 60%, 80%)"/>
        <stop offset="1" stop-color="hsl(${hue}, 45%, 50%)"/>
      </radialGradient>
    </defs>
    <rect width="${width}" height="${height}" fill="url(#night)"/>
    <g opacity=".28" fill="none" stroke="hsl(${hue}, 40%, 70%)" stroke-width="4">${paths.join('')}${circles.join('')}</g>
    <rect width="12" height="${height}" fill="#f3c969"/>
  </svg>`;
}
