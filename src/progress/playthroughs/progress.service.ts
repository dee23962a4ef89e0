import { Injectable } from '@nestjs/common';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import { decodeId } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { noSuchProgress, othersProgress } from '../progress.errors.js';
import { KnownPlaythroughs } from './known-playthroughs.js';
import type { ProgressEntity } from './progress.entity.js';
import {
  ProgressStatus,
  toChoiceMade,
  toProgress,
  type ChoiceMade,
  type Progress,
} from './progress.type.js';
import type { ProgressArgs } from './progress.inputs.js';
import { ProgressRepository } from './progress.repository.js';

@Injectable()
export class ProgressService {
  constructor(
    private readonly progress: ProgressRepository,
    private readonly known: KnownPlaythroughs,
  ) {}

  /** Playthroughs, the latest first: one's own, or for administrators anybody's. */
  async list(
    viewer: Viewer,
    { userId: id, status, ...page }: ProgressArgs,
  ): Promise<Connection<Progress>> {
    const userId = id ? decodeId('user', id, 'userId') : viewer.userId;
    if (userId !== viewer.userId && viewer.role !== 'admin') throw othersProgress();
    const isCompleted = status ? status === ProgressStatus.COMPLETED : undefined;
    return paginate(
      {
        page,
        list: 'progress',
        keys: ['date', 'id'],
        fetch: (limit, after) => this.progress.findPage(userId, isCompleted, limit, after),
        keysetOf: ({ lastUpdated, progressId }) => [lastUpdated.toISOString(), progressId],
        count: () => this.progress.count(userId, isCompleted),
      },
      toProgress,
    );
  }

  /** @throws {ApiError} `NOT_FOUND` unless it is the viewer's own */
  async get(viewer: Viewer, progressId: number): Promise<ProgressEntity> {
    const progress = await this.progress.find(progressId, viewer.userId);
    if (progress === undefined) throw noSuchProgress();
    return progress;
  }

  /** The viewer's latest playthrough of a story: the unfinished one if there is one. */
  latest({ userId }: Viewer, storyId: number): Promise<ProgressEntity | undefined> {
    return this.progress.findCurrent(userId, storyId);
  }

  /** The choices of a playthrough that stand, as far as it had come when `progress` was read. */
  choicesMade(
    loaders: Loaders,
    { progressId, step, state }: ProgressEntity,
    page: PageArgs,
  ): Promise<Connection<ChoiceMade>> {
    return paginate(
      {
        page,
        list: 'Progress.choicesMade',
        keys: ['integer'],
        fetch: async (limit, [after = -1] = []) => {
          const steps = await loaders
            .about(
              this,
              `choices ${limit} ${after}`,
              (ids) => this.progress.findPaths(ids, limit, Number(after)),
              [],
            )
            .load(progressId);
          return steps.filter(({ seq }) => seq < step);
        },
        keysetOf: ({ seq }) => [seq],
        count: () => state.turn,
      },
      toChoiceMade,
    );
  }

  async delete(viewer: Viewer, progressId: number): Promise<void> {
    if (!(await this.progress.delete(progressId, viewer.userId))) throw noSuchProgress();
    this.known.forget(progressId);
  }
}
