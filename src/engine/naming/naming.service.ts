import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DraftContentRepository } from '../../nodes/drafts/draft-content.repository.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import { StoryService } from '../../stories/story.service.js';
import type { StoryDefinition } from '../core/definition.js';
import { didYouMean } from '../core/expressions/nearest.js';
import { isReserved, RESERVED_NAME, SHAPES } from '../core/limits.js';
import { declaredIn } from '../core/references/in-story.js';
import type { NamedKind } from '../core/references/mention.js';
import { renamed, type Rename, type RenamedPlace } from '../core/references/rename.js';
import { DraftDefinitionRepository } from '../draft-definition.repository.js';
import { problemsOfChange, refuseWith, told } from '../text/text-problems.js';
import { usagesIn, type Usage } from './usages.js';

/** What came of a rename, or would come of it. */
export interface RenameResult {
  readonly kind: NamedKind;
  readonly places: readonly RenamedPlace[];
  /** Undefined where it was only to be told. */
  readonly changeId: number | undefined;
}

/** Which usages to tell; what is undefined is not asked for. */
export interface UsageFilter {
  readonly kind?: NamedKind | undefined;
  readonly name?: string | undefined;
  readonly isUnused?: boolean | undefined;
}

/** What drafts go by: where each name stands, and how it becomes another one. */
@Injectable()
export class NamingService {
  constructor(
    private readonly stories: StoryService,
    private readonly changes: DraftChanges,
    private readonly drafts: DraftDefinitionRepository,
    private readonly contents: DraftContentRepository,
  ) {}

  async usages(
    viewer: Viewer,
    storyId: number,
    { kind, name, isUnused }: UsageFilter,
  ): Promise<Usage[]> {
    await this.stories.getInspectable(viewer, storyId);
    return usagesIn(await this.drafts.load(storyId)).filter(
      (usage) =>
        (kind === undefined || usage.kind === kind) &&
        (name === undefined || usage.name === name) &&
        (isUnused === undefined || usage.isUnused === isUnused),
    );
  }

  /** What {@link rename} would do, which is not done. It throws as that would. */
  async preview(viewer: Viewer, storyId: number, rename: Rename): Promise<RenameResult> {
    await this.stories.getEditable(viewer, storyId);
    const { places } = await this.#renamed(storyId, rename);
    return { kind: rename.kind, places, changeId: undefined };
  }

  /**
   * Renames something wherever the draft goes by it, as one change that can be taken back. The story means the same.
   * @throws {ApiError} `BAD_USER_INPUT` when the name cannot be had, or the story would mean something else with it
   */
  async rename(viewer: Viewer, storyId: number, rename: Rename): Promise<RenameResult> {
    await this.stories.getEditable(viewer, storyId);
    return this.changes.by(
      viewer,
      storyId,
      async (changeId) => {
        await this.contents.lock(storyId);
        const { story, places } = await this.#renamed(storyId, rename);
        await this.contents.write(storyId, story);
        return { kind: rename.kind, places, changeId };
      },
      { kind: 'rename', note: `${rename.from} → ${rename.to}` },
    );
  }

  async #renamed(storyId: number, rename: Rename) {
    const before = await this.drafts.load(storyId);
    refuseWith(nameProblems(before, rename));
    const { story, places, hindrances } = renamed(before, rename);
    refuseWith([
      ...hindrances.map(({ site, message }) => told('input.to', site, message)),
      ...problemsOfChange(before, story, 'input.to'),
    ]);
    return { story, places };
  }
}

function nameProblems(story: StoryDefinition, { kind, from, to }: Rename): FieldProblem[] {
  const declared = declaredIn(story, kind);
  // Effects call variables and stats by their names alone.
  const others = { variable: ['stat'], stat: ['variable'] } as const;
  const taken = [kind, ...(kind === 'variable' || kind === 'stat' ? others[kind] : [])].find(
    (each) => declaredIn(story, each).includes(to),
  );
  const unfit = shapeProblem(kind, to);
  return [
    ...(declared.includes(from)
      ? []
      : [
          {
            path: 'input.from',
            message: `there is no ${kind} ${from}.${didYouMean(from, declared)}`,
          },
        ]),
    ...(unfit === undefined ? [] : [{ path: 'input.to', message: unfit }]),
    ...(taken === undefined
      ? []
      : [{ path: 'input.to', message: `a ${taken} is called ${to} already` }]),
  ];
}

function shapeProblem(kind: NamedKind, to: string): string | undefined {
  const { pattern, message } = kind === 'node' ? SHAPES.nodeKey : SHAPES.name;
  if (!pattern.test(to)) return message;
  return kind !== 'node' && isReserved(to) ? `${to} ${RESERVED_NAME}` : undefined;
}
