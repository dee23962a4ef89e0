import { setImmediate } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Jobs } from '../../jobs/jobs.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { VersionRepository } from '../../publishing/versions/version.repository.js';
import { KnownPlaythroughs } from '../playthroughs/known-playthroughs.js';
import { MoveRepository, type Tally } from './move.repository.js';
import {
  PlaythroughRepository,
  type LivePlaythrough,
  type Relocation,
} from './playthrough.repository.js';
import type { PlaythroughMoveEntity } from './playthrough-move.entity.js';
import { Passages, relocation } from './relocation.js';
import { Relocations } from './relocations.js';
import { byNode } from './replacements.js';

const QUEUE = 'move-playthroughs';

/** How many playthroughs are moved in one transaction: a choice made meanwhile waits for no more than that. */
const BATCH = 100;

/** How long, in milliseconds, playthroughs are looked at before other requests get their turn. */
const SLICE = 10;

const GIVEN_UP = 'The move broke off again and again; move the rest with movePlaythroughs.';

/** One move while it is being done. */
interface Work {
  readonly move: PlaythroughMoveEntity;
  readonly passages: Passages;
  readonly replacements: ReadonlyMap<number, number>;
  /** The versions that readers are moved from. */
  readonly outdated: ReadonlySet<number>;
}

/** Moves the readers of a story in the background, batch by batch. A batch is moved and counted whole, or not at all. */
@Injectable()
export class Mover implements OnModuleInit {
  readonly #logger = new Logger('Mover');

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly published: PublishedStories,
    private readonly versions: VersionRepository,
    private readonly moves: MoveRepository,
    private readonly playthroughs: PlaythroughRepository,
    private readonly relocations: Relocations,
    private readonly known: KnownPlaythroughs,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ moveId: number }>(
      QUEUE,
      ({ moveId }, signal) => this.run(moveId, signal),
      ({ moveId }) => this.moves.fail(moveId, GIVEN_UP),
    );
  }

  /** Call it in the transaction that writes the move. */
  queue({ moveId }: PlaythroughMoveEntity): Promise<void> {
    return this.jobs.send(QUEUE, { moveId });
  }

  /** Takes a move up where it was left, and ends it. */
  async run(moveId: number, signal: AbortSignal): Promise<void> {
    const move = await this.moves.find(moveId);
    if (move.status === 'done') return;
    await this.moves.begin(moveId);
    const work = {
      move,
      passages: new Passages(this.published, (await this.published.get(move.versionId)).graph),
      replacements: byNode(move.replacements),
      outdated: await this.versions.outdatedBy(move.versionId),
    };
    while (await this.#moveBatch(work)) signal.throwIfAborted();
    await this.moves.finish(moveId);
  }

  /** @returns whether there is more to do */
  #moveBatch(work: Work): Promise<boolean> {
    return this.database.transaction(async () => {
      const { moveId, storyId, lastLooked } = await this.moves.takeTurn(work.move);
      const batch = await this.playthroughs.live(storyId, BATCH, lastLooked);
      const last = batch.at(-1);
      if (last === undefined) return false;
      const tally: Tally = { moved: 0, failed: 0, obstacles: {} };
      const missed = await this.#moveAll(work, batch, tally);
      // Something was done in these meanwhile: now they are held until they are moved.
      await this.#moveAll(work, await this.playthroughs.lockLive(missed), tally);
      await this.moves.note(moveId, last.progressId, tally);
      return batch.length === BATCH;
    });
  }

  /** @returns the ids of those in which something was done meanwhile, and which are not counted */
  async #moveAll(
    work: Work,
    playthroughs: readonly LivePlaythrough[],
    tally: Tally,
  ): Promise<number[]> {
    const relocations: Relocation[] = [];
    let until = performance.now() + SLICE;
    for (const playthrough of playthroughs) {
      if (!work.outdated.has(playthrough.versionId)) continue;
      const relocated = await this.#relocation(work, playthrough);
      if (relocated === undefined) tally.failed += 1;
      else if (typeof relocated === 'string')
        tally.obstacles[relocated] = (tally.obstacles[relocated] ?? 0) + 1;
      else relocations.push(relocated);
      if (performance.now() > until) {
        await setImmediate();
        until = performance.now() + SLICE;
      }
    }
    const moved = await this.playthroughs.relocate(work.move.versionId, relocations);
    tally.moved += moved.size;
    for (const progressId of moved) this.known.forget(progressId);
    if (moved.size > 0) await this.#tell(work.move, moved);
    return relocations.flatMap(({ playthrough: { progressId } }) =>
      moved.has(progressId) ? [] : progressId,
    );
  }

  async #tell(
    { storyId, versionId, requestedBy }: PlaythroughMoveEntity,
    moved: ReadonlySet<number>,
  ): Promise<void> {
    const userIds = await this.playthroughs.readersOf([...moved]);
    await this.relocations.tell({ storyId, versionId, requestedBy, userIds });
  }

  /** @returns undefined, and tells the log, where a fault keeps a playthrough from being looked at: it stays as it is */
  async #relocation({ move, passages, replacements }: Work, playthrough: LivePlaythrough) {
    const passage = await passages.from(playthrough.versionId);
    try {
      const options = { now: Date.now(), replacements };
      return relocation(passage, playthrough, move.versionId, options);
    } catch (error) {
      this.#logger.error({ err: error, progressId: playthrough.progressId }, 'Not moved.');
      return undefined;
    }
  }
}
