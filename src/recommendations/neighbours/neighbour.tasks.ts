/** What threads do to find the neighbours of all stories. */
import { neighbourhoods, type Likings } from './neighbours.js';

/** How many stories stand in one chunk. */
const CHUNK = 500;

/** Rows of `story_neighbours`, column by column, each as PostgreSQL writes an array. */
export type NeighbourColumns = readonly [
  storyIds: string,
  neighbourIds: string,
  scores: string,
  areByReaders: string,
];

export function findNeighbours(likings: Likings): NeighbourColumns[] {
  const chunks: NeighbourColumns[] = [];
  const all = [...neighbourhoods(likings)];
  for (let begin = 0; begin < all.length; begin += CHUNK) {
    const rows = all
      .slice(begin, begin + CHUNK)
      .flatMap(({ storyId, neighbours }) =>
        neighbours.map((neighbour) => ({ storyId, neighbour })),
      );
    const column = (of: (row: (typeof rows)[number]) => unknown) => `{${rows.map(of).join(',')}}`;
    chunks.push([
      column(({ storyId }) => storyId),
      column(({ neighbour }) => neighbour.storyId),
      column(({ neighbour }) => neighbour.score),
      column(({ neighbour }) => neighbour.isByReaders),
    ]);
  }
  return chunks;
}
