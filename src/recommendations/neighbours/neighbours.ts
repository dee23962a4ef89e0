import { occurrencesIn, readRows, StoryNumbers, type SparseRows } from './sparse-rows.js';

/** How many neighbours a story has at most. */
export const MOST_NEIGHBOURS = 50;

/** How many readers two stories must share for these to say anything: nobody is told of what one or two did. */
export const LEAST_SHARED_READERS = 3;

/** With so many readers, these weigh as much for a story as what it is about. */
const EVEN_READERS = 10;

/** What neighbours are found by, in texts as `readRows` takes them. */
export interface Likings {
  /** A row for each reader: what they liked, and how much. */
  readonly readers: readonly string[];
  /** A row for each thing that stories are about: these stories, and how much it says of them. */
  readonly subjects: readonly string[];
}

/** The neighbours of one story, the nearest first. */
export interface Neighbourhood {
  readonly storyId: number;
  readonly neighbours: readonly Neighbour[];
}

export interface Neighbour {
  readonly storyId: number;
  readonly score: number;
  readonly isByReaders: boolean;
}

/**
 * Finds for each story those nearest to it: item-to-item collaborative filtering, with what stories are about for those that
 * few have read. A story is a vector of two parts, its readers and its subjects; how near two are is the cosine between
 * them. Readers of many stories say less of each, as common subjects do (their weight is the logarithm of how rare they
 * are), and the more readers a story has, the less its subjects weigh.
 *
 * The way over the readers of each story to what else they read, which costs the squares of the rows, is that of Linden,
 * Smith and York (2003), https://doi.org/10.1109/MIC.2003.1167344; cosines of items are those of Sarwar et al. (2001),
 * https://doi.org/10.1145/371920.372071; the inverse user frequency is that of Breese, Heckerman and Kadie (1998),
 * https://arxiv.org/abs/1301.7363; that few readers weigh n / (n + constant) is the shrinkage of Bell and Koren (2007),
 * https://doi.org/10.1109/ICDM.2007.90.
 */
export function* neighbourhoods({ readers, subjects }: Likings): Generator<Neighbourhood> {
  const numbers = new StoryNumbers();
  const byReaders = readRows(readers, numbers);
  const bySubjects = readRows(subjects, numbers);
  const count = numbers.ids.length;
  const readerCounts = countOf(byReaders, count);
  const share = (readers: number) => readers / (readers + EVEN_READERS);
  const parts = [
    new Part(
      normalised(byReaders, (story) => Math.sqrt(share(readerCounts[story]!)), count),
      count,
    ),
    new Part(
      normalised(bySubjects, (story) => Math.sqrt(1 - share(readerCounts[story]!)), count),
      count,
    ),
  ] as const;
  for (let story = 0; story < count; story++) {
    const neighbours = nearest(story, parts, numbers.ids);
    if (neighbours.length > 0) yield { storyId: numbers.ids[story]!, neighbours };
  }
}

/** One part of the vectors of all stories, and how near each is in it to the story that was looked at last. */
class Part {
  readonly near: Float64Array;
  readonly shared: Int32Array;
  readonly #occurrences;
  #touched: number[] = [];

  constructor(
    private readonly rows: SparseRows,
    count: number,
  ) {
    this.near = new Float64Array(count);
    this.shared = new Int32Array(count);
    this.#occurrences = occurrencesIn(rows, count);
  }

  /** @returns the stories that share a row with `story`, itself among them */
  lookAt(story: number): readonly number[] {
    for (const other of this.#touched) this.near[other] = this.shared[other] = 0;
    this.#touched = [];
    const { starts, rows, places } = this.#occurrences;
    for (let at = starts[story]!; at < starts[story + 1]!; at++)
      this.#add(rows[at]!, this.rows.weights[places[at]!]!);
    return this.#touched;
  }

  #add(row: number, weight: number): void {
    const { starts, stories, weights } = this.rows;
    for (let place = starts[row]!; place < starts[row + 1]!; place++) {
      const other = stories[place]!;
      if (this.shared[other] === 0) this.#touched.push(other);
      this.shared[other]! += 1;
      this.near[other]! += weight * weights[place]!;
    }
  }
}

/** Ties go to the story with the lower id. */
function nearest(
  story: number,
  [byReaders, bySubjects]: readonly [Part, Part],
  ids: readonly number[],
): Neighbour[] {
  const found: Neighbour[] = [];
  const weigh = (other: number) => {
    const isTold = byReaders.shared[other]! >= LEAST_SHARED_READERS;
    const readers = isTold ? byReaders.near[other]! : 0;
    const subjects = bySubjects.near[other]!;
    const neighbour = {
      storyId: ids[other]!,
      score: readers + subjects,
      isByReaders: readers > subjects,
    };
    const last = found[MOST_NEIGHBOURS - 1];
    if (neighbour.score === 0 || (last !== undefined && !isNearer(neighbour, last))) return;
    insert(found, neighbour);
    found.length = Math.min(found.length, MOST_NEIGHBOURS);
  };
  const withReaders = byReaders.lookAt(story);
  const withSubjects = bySubjects.lookAt(story);
  for (const other of withReaders) if (other !== story) weigh(other);
  for (const other of withSubjects)
    if (other !== story && byReaders.shared[other] === 0) weigh(other);
  return found;
}

const isNearer = (one: Neighbour, other: Neighbour): boolean =>
  one.score > other.score || (one.score === other.score && one.storyId < other.storyId);

function insert(found: Neighbour[], neighbour: Neighbour): void {
  let low = 0;
  let high = found.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isNearer(neighbour, found[middle]!)) high = middle;
    else low = middle + 1;
  }
  found.splice(low, 0, neighbour);
}

function countOf({ stories }: SparseRows, count: number): Int32Array {
  const counts = new Int32Array(count);
  for (const story of stories) counts[story]! += 1;
  return counts;
}

/**
 * Weighs each row by how rare it is, and makes all of a story as long together as it is told.
 * @param lengthOf how long the vector of a story shall be
 */
function normalised(
  rows: SparseRows,
  lengthOf: (story: number) => number,
  count: number,
): SparseRows {
  const { starts, stories } = rows;
  const weights = rows.weights.slice();
  const squares = new Float64Array(count);
  for (let row = 0; row + 1 < starts.length; row++) {
    const rarity = Math.log(1 + count / (starts[row + 1]! - starts[row]!));
    for (let place = starts[row]!; place < starts[row + 1]!; place++) {
      weights[place]! *= rarity;
      squares[stories[place]!]! += weights[place]! ** 2;
    }
  }
  for (let place = 0; place < weights.length; place++) {
    const story = stories[place]!;
    weights[place]! *= lengthOf(story) / Math.sqrt(squares[story]!);
  }
  return { starts, stories, weights };
}
