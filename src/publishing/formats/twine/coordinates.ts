import type { TwinePassage } from './twine-story.js';

const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i;

type Placing = Pick<TwinePassage, 'position' | 'size'>;

/** Two numbers with a comma between, such as `600,400`. */
const readPair = (value: unknown): readonly [number, number] | undefined => {
  if (typeof value !== 'string') return undefined;
  const parts = value.split(',', 3).map((part) => part.trim());
  if (parts.length !== 2 || !parts.every((part) => NUMBER.test(part))) return undefined;
  const [first, second] = parts.map((part) => Number(part) + 0) as [number, number];
  return Number.isFinite(first) && Number.isFinite(second) ? [first, second] : undefined;
};

/**
 * Takes position and size out of what a file says of a passage. What is no pair of numbers stays in the rest as it is.
 * @returns also the names of those that stayed
 */
export const takePlacing = (
  said: Readonly<Record<string, unknown>>,
): { placing: Placing; metadata: TwinePassage['metadata']; faulty: readonly string[] } => {
  const rest = { ...said };
  const position = readPair(said.position);
  const size = readPair(said.size);
  if (position) delete rest.position;
  if (size) delete rest.size;
  return {
    placing: {
      ...(position && { position: { x: position[0], y: position[1] } }),
      ...(size && { size: { width: size[0], height: size[1] } }),
    },
    metadata: Object.keys(rest).length > 0 ? rest : undefined,
    faulty: ['position', 'size'].filter((key) => Object.hasOwn(rest, key)),
  };
};

/** All that a passage says beside name, tags and text, as a file says it. */
export const sayPlacing = ({
  position,
  size,
  metadata,
}: TwinePassage): Readonly<Record<string, unknown>> => {
  const placing = {
    ...(position && { position: `${position.x},${position.y}` }),
    ...(size && { size: `${size.width},${size.height}` }),
  };
  return { ...placing, ...metadata, ...placing };
};
