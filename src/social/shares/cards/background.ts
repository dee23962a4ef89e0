import { createHash } from 'node:crypto';

/** A story that branches: where each node stands, and which it follows, by its place in the list. */
const NODES = [
  { x: 790, y: 315, after: undefined },
  ...([
    { x: 950, y: 180, after: 0 },
    { x: 950, y: 450, after: 0 },
    { x: 1110, y: 90, after: 1 },
    { x: 1110, y: 265, after: 1 },
    { x: 1110, y: 375, after: 2 },
    { x: 1110, y: 540, after: 2 },
  ] as const),
] as const;

const RADIUS = 13;

/**
 * The SVG of 1,200 by 630 pixels that cards are drawn on: night, and at the right a story that branches.
 * @param seed decides its colour, so that a story keeps its own
 */
export function background(seed: string): string {
  const hue = createHash('sha256').update(seed).digest().readUInt16BE() % 360;
  const paths = NODES.flatMap(({ x, y, after }) => {
    if (after === undefined) return [];
    const from = NODES[after];
    const middle = (from.x + x) / 2;
    return [`<path d="M${from.x} ${from.y} C${middle} ${from.y} ${middle} ${y} ${x} ${y}"/>`];
  });
  const circles = NODES.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="${RADIUS}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">
    <linearGradient id="night" x1="0" y1="0" x2="1" y2="1">
      <stop offset="0" stop-color="hsl(${hue}, 34%, 13%)"/>
      <stop offset="1" stop-color="hsl(${(hue + 40) % 360}, 42%, 27%)"/>
    </linearGradient>
    <rect width="1200" height="630" fill="url(#night)"/>
    <g opacity=".45" fill="none" stroke="hsl(${hue}, 40%, 70%)" stroke-width="4">${paths.join('')}</g>
    <g fill="hsl(${hue}, 45%, 60%)">${circles.join('')}</g>
    <rect width="12" height="630" fill="#f3c969"/>
  </svg>`;
}
