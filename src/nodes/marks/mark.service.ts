import { Injectable } from '@nestjs/common';
import { MOST } from '../../engine/core/limits.js';
import { badField, badUserInput, type FieldProblem } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { StoryService } from '../../stories/story.service.js';
import type { NodeEntity } from '../nodes/node.entity.js';
import { NodeRepository } from '../nodes/node.repository.js';
import { MarkRepository, type NodePlace } from './mark.repository.js';

/** What came of a change of many nodes. */
export interface NodesChanged {
  readonly count: number;
  /** Undefined where they were so already. */
  readonly changeId: number | undefined;
}

/** Moves, groups, tags and copies many nodes of a draft at once, each time as one change that can be taken back. */
@Injectable()
export class MarkService {
  constructor(
    private readonly changes: DraftChanges,
    private readonly stories: StoryService,
    private readonly storyRepository: StoryRepository,
    private readonly nodes: NodeRepository,
    private readonly marks: MarkRepository,
  ) {}

  move(viewer: Viewer, storyId: number, places: readonly NodePlace[]): Promise<NodesChanged> {
    const nodeIds = places.map(({ nodeId }) => nodeId);
    const pathOf = (i: number) => `input.nodes.${i}.id`;
    return this.#change(viewer, storyId, async () => {
      refuseMissing(nodeIds, await this.marks.move(storyId, places), pathOf);
      return nodeIds.length;
    });
  }

  group(
    viewer: Viewer,
    storyId: number,
    nodeIds: readonly number[],
    chapter: string | null,
  ): Promise<NodesChanged> {
    return this.#change(viewer, storyId, async () => {
      refuseMissing(nodeIds, await this.marks.group(storyId, nodeIds, chapter));
      return nodeIds.length;
    });
  }

  tag(
    viewer: Viewer,
    storyId: number,
    nodeIds: readonly number[],
    { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
  ): Promise<NodesChanged> {
    const both = add.filter((tag) => remove.includes(tag));
    if (both.length > 0) throw badField('input.remove', `has what add has too: ${both.join(', ')}`);
    return this.#change(viewer, storyId, async () => {
      const tagged = await this.marks.tag(storyId, nodeIds, add, remove);
      refuseMissing(
        nodeIds,
        tagged.map(({ id }) => id),
      );
      const full = new Set(tagged.filter(({ tags }) => tags > MOST.nodeTags).map(({ id }) => id));
      refuse(nodeIds, full, `would have more than ${MOST.nodeTags} tags`);
      return nodeIds.length;
    });
  }

  renameChapter(viewer: Viewer, storyId: number, from: string, to: string): Promise<NodesChanged> {
    return this.#change(viewer, storyId, async () => {
      const { length } = await this.marks.renameChapter(storyId, from, to);
      if (length === 0) throw badField('input.from', `no node is in a chapter ${from}`);
      return length;
    });
  }

  /** @returns the copies, in the order of what they are copies of */
  async duplicate(
    viewer: Viewer,
    storyId: number,
    nodeIds: readonly number[],
  ): Promise<NodeEntity[]> {
    let copies: number[] = [];
    await this.#change(viewer, storyId, async () => {
      const firstKey = Number(await this.nodes.nextKey(storyId));
      copies = await this.marks.duplicate(storyId, nodeIds, firstKey);
      if (copies.length < new Set(nodeIds).size) {
        const found = await this.nodes.findByIds(nodeIds);
        const ids = found.filter((node) => node.storyId === storyId).map(({ nodeId }) => nodeId);
        refuseMissing(nodeIds, ids);
      }
      return copies.length;
    });
    return this.nodes.findByIds(copies);
  }

  /** One after another in a story, so that those who change many nodes never wait for each other in a ring. */
  async #change(
    viewer: Viewer,
    storyId: number,
    work: () => Promise<number>,
  ): Promise<NodesChanged> {
    await this.stories.getEditable(viewer, storyId);
    const { result, changeId } = await this.changes.telling(viewer, storyId, async () => {
      await this.storyRepository.lock(storyId);
      return work();
    });
    return { count: result, changeId };
  }
}

/** @throws {ApiError} `BAD_USER_INPUT` with every id that is none of a node of the draft */
function refuseMissing(
  nodeIds: readonly number[],
  found: readonly number[],
  pathOf?: (i: number) => string,
): void {
  const known = new Set(found);
  const missing = new Set(nodeIds.filter((id) => !known.has(id)));
  refuse(nodeIds, missing, 'must be a node of this story', pathOf);
}

function refuse(
  nodeIds: readonly number[],
  refused: ReadonlySet<number>,
  message: string,
  pathOf = (i: number) => `input.nodeIds.${i}`,
): void {
  const problems = nodeIds.flatMap((id, i): FieldProblem[] =>
    refused.has(id) ? [{ path: pathOf(i), message }] : [],
  );
  if (problems.length > 0) throw badUserInput(problems);
}
