import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import { badField } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { notPublished } from '../../publishing/publishing.errors.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { Publications, type Publication } from '../../publishing/versions/publications.js';
import { VersionRepository } from '../../publishing/versions/version.repository.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { StoryService } from '../../stories/story.service.js';
import type { ProgressEntity } from '../playthroughs/progress.entity.js';
import { KnownPlaythroughs } from '../playthroughs/known-playthroughs.js';
import { ProgressService } from '../playthroughs/progress.service.js';
import { cannotMove, otherChoiceMade, playthroughEnded } from '../progress.errors.js';
import type { MovePlaythroughsInput } from './move.inputs.js';
import { MoveRepository } from './move.repository.js';
import { toMove, type PlaythroughMove } from './move.type.js';
import { Mover } from './mover.js';
import type { PlaythroughMoveEntity } from './playthrough-move.entity.js';
import { PlaythroughRepository } from './playthrough.repository.js';
import { Passages, relocation } from './relocation.js';
import { ReplacementService, type ReplacementMap } from './replacement.service.js';
import { byNode } from './replacements.js';

/** Takes readers to later versions: all of a story at its author's word, or one at their own. */
@Injectable()
export class MoveService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly publications: Publications,
    private readonly stories: StoryService,
    private readonly storyRepository: StoryRepository,
    private readonly published: PublishedStories,
    private readonly versions: VersionRepository,
    private readonly progress: ProgressService,
    private readonly replacements: ReplacementService,
    private readonly moves: MoveRepository,
    private readonly mover: Mover,
    private readonly playthroughs: PlaythroughRepository,
    private readonly known: KnownPlaythroughs,
  ) {}

  onModuleInit(): void {
    this.publications.listen((publication) => this.#published(publication));
  }

  /** Moves the readers of a story who can to its published version, in the background. */
  async request(
    viewer: Viewer,
    storyId: number,
    { map = [] }: MovePlaythroughsInput,
  ): Promise<PlaythroughMoveEntity> {
    const { publishedVersionId } = await this.stories.getPublishable(viewer, storyId);
    if (publishedVersionId === null) throw notPublished();
    return this.database.transaction(() =>
      this.#begin(viewer, storyId, publishedVersionId, { map, path: 'input.map' }),
    );
  }

  /** The moves of a story, newest first. */
  async list(
    viewer: Viewer,
    storyId: number,
    page: PageArgs,
  ): Promise<Connection<PlaythroughMove>> {
    await this.stories.getInspectable(viewer, storyId);
    return paginate(
      {
        page,
        list: 'playthroughMoves',
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          this.moves.findPage(storyId, limit, before as number | undefined),
        keysetOf: ({ moveId }) => [moveId],
        count: () => this.moves.count(storyId),
      },
      toMove,
    );
  }

  /** Takes a reader's own playthrough to the published version, if it can go on there. */
  async toLatest(viewer: Viewer, progressId: number): Promise<ProgressEntity> {
    const progress = await this.progress.get(viewer, progressId);
    const story = await this.storyRepository.findById(progress.storyId);
    const versionId = story?.isPublished ? story.publishedVersionId : null;
    if (versionId === null) throw notPublished();
    if (!(await this.versions.outdatedBy(versionId)).has(progress.versionId)) return progress;
    if (progress.isCompleted) throw playthroughEnded();
    const { graph } = await this.published.get(versionId);
    const passage = await new Passages(this.published, graph).from(progress.versionId);
    const replacements = byNode(await this.moves.replacementsFor(versionId));
    const options = { now: Date.now(), replacements };
    const relocated = relocation(passage, progress, versionId, options);
    if (typeof relocated === 'string') throw cannotMove();
    const moved = await this.playthroughs.relocate(versionId, [relocated]);
    const current = await this.progress.get(viewer, progressId);
    this.known.keep(current);
    if (moved.size === 0) throw otherChoiceMade(current, progress.step);
    return current;
  }

  async #published({ viewer, storyId, versionId, readers }: Publication): Promise<void> {
    const { move = false, map = [] } = readers ?? {};
    const path = 'input.readers.map';
    if (move) await this.#begin(viewer, storyId, versionId, { map, path });
    else if (map.length > 0) throw badField(path, 'is for readers who move: set move to true');
  }

  /** Call it in a transaction. */
  async #begin(
    viewer: Viewer,
    storyId: number,
    versionId: number,
    map: ReplacementMap,
  ): Promise<PlaythroughMoveEntity> {
    const { graph } = await this.published.get(versionId);
    const replacements = await this.replacements.check(storyId, graph, map);
    const { userId: requestedBy } = viewer;
    const move = await this.moves.insert({ storyId, versionId, requestedBy, replacements });
    await this.mover.queue(move);
    return move;
  }
}
