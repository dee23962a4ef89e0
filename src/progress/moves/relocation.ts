import { Passage, type MoveOptions, type Obstacle } from '../../engine/core/move.js';
import type { PublishedStories } from '../../publishing/reader/published-stories.js';
import type { LivePlaythrough, Relocation } from './playthrough.repository.js';
import type { CompiledStory } from '../../engine/core/story.js';

/** The ways to one version of a story from those that its readers are on. */
export class Passages {
  readonly #known = new Map<number, Passage>();

  constructor(
    private readonly published: PublishedStories,
    private readonly to: CompiledStory,
  ) {}

  async from(versionId: number): Promise<Passage> {
    const passage =
      this.#known.get(versionId) ??
      new Passage((await this.published.get(versionId)).graph, this.to);
    this.#known.set(versionId, passage);
    return passage;
  }
}

/** How a playthrough goes on in a version, or why it does not. @param to the version's id */
export function relocation(
  passage: Passage,
  playthrough: LivePlaythrough,
  to: number,
  { now, replacements }: Required<Pick<MoveOptions, 'now'>> & MoveOptions,
): Relocation | Obstacle {
  const moved = passage.move(playthrough.state, { now, ...(replacements && { replacements }) });
  if (typeof moved === 'string') return moved;
  return {
    playthrough,
    state: moved.state,
    outcome: {
      moved: { from: playthrough.versionId, to },
      ...(moved.state.enteredAt !== undefined && { now }),
    },
  };
}
