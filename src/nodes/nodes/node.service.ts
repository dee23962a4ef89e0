import { Injectable } from '@nestjs/common';
import { badUserInput } from '../../graphql/errors.js';
import { allFaults, faultsOf, soundFields } from '../../graphql/input-faults.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import { LaterChanges, type Basis } from '../../stories/changes/later-changes.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { StoryService } from '../../stories/story.service.js';
import { Deletions } from '../history/deletions.js';
import { noSuchNode, rethrowTakenKey, staleNode } from '../node.errors.js';
import { DECLARED_ENDING_NEEDS_ENDING, ENDING_KIND_NEEDS_ENDING } from '../node.rules.js';
import type { NodeEntity } from './node.entity.js';
import type { AddNodeInput, UpdateNodeInput } from './node.inputs.js';
import { NodeMedia } from './node.media.js';
import { RuleCheck } from '../rules/rule.check.js';
import { toEffects } from '../rules/rule.mapper.js';
import { NodeRepository, type NodeContent } from './node.repository.js';

@Injectable()
export class NodeService {
  constructor(
    private readonly changes: DraftChanges,
    private readonly nodes: NodeRepository,
    private readonly stories: StoryService,
    private readonly storyRepository: StoryRepository,
    private readonly ruleCheck: RuleCheck,
    private readonly laterChanges: LaterChanges,
    private readonly media: NodeMedia,
    private readonly deletions: Deletions,
  ) {}

  /**
   * @throws {ApiError} `NOT_FOUND` or `FORBIDDEN` unless the viewer may edit the node's story, `CONFLICT` where they may
   * and it is deleted
   */
  async getEditable(viewer: Viewer, nodeId: number): Promise<NodeEntity> {
    const node = await this.nodes.findById(nodeId);
    if (node === null) {
      await this.deletions.refuse(viewer, 'node', nodeId);
      throw noSuchNode();
    }
    await this.stories.getEditable(viewer, node.storyId);
    return node;
  }

  /** Adds a node. The first node of a story starts it, unless the author says otherwise. */
  async add(viewer: Viewer, storyId: number, input: AddNodeInput): Promise<NodeEntity> {
    await this.stories.getEditable(viewer, storyId);
    return this.changes
      .by(viewer, storyId, async () => {
        const media = await this.#check(
          viewer,
          { storyId, media: null },
          input,
          input.type === 'ending',
        );
        await this.storyRepository.lock(storyId);
        const isStart = input.isStart ?? (await this.nodes.count(storyId)) === 0;
        if (isStart) await this.nodes.clearStart(storyId);
        return this.nodes.insert(storyId, {
          ...columnsOf(input),
          ...media,
          nodeKey: input.key ?? (await this.nodes.nextKey(storyId)),
          isStartingNode: isStart,
        } as NodeContent);
      })
      .catch(rethrowTakenKey);
  }

  /** @throws {ApiError} `CONFLICT` with the current node when another change came first */
  async update(viewer: Viewer, nodeId: number, input: UpdateNodeInput): Promise<NodeEntity> {
    const node = await this.getEditable(viewer, nodeId);
    const isEnding = (input.type ?? node.nodeType) === 'ending';
    return this.changes
      .by(viewer, node.storyId, async () => {
        const media = await this.#check(viewer, node, input, isEnding);
        if (input.isStart === true) {
          await this.storyRepository.lock(node.storyId);
          await this.nodes.clearStart(node.storyId, nodeId);
        }
        const changes = {
          ...columnsOf(input),
          ...media,
          ...(!isEnding && { endingKind: null, ending: null }),
        };
        const result = await this.nodes.update(nodeId, input.revision, changes);
        // Throwing here takes the start mark's move back as well.
        const { revision } = input;
        return (
          result ?? (await this.#refuseStale(viewer, nodeId, { revision, path: 'input.revision' }))
        );
      })
      .catch(rethrowTakenKey);
  }

  /**
   * @returns the media that the node then has, where the input says anything of them
   * @throws {ApiError} `BAD_USER_INPUT` with all that is wrong
   */
  async #check(
    viewer: Viewer,
    { storyId, media: present }: Pick<NodeEntity, 'storyId' | 'media'>,
    input: Partial<AddNodeInput>,
    isEnding: boolean,
  ): Promise<Pick<NodeContent, 'media'>> {
    const sound = soundFields(input);
    const { content, effects, ending, endingKind } = sound;
    const { problems: ofMedia, ...media } = await this.media.after(
      viewer,
      storyId,
      sound,
      present ?? undefined,
    );
    const written = toEffects(effects ?? null);
    const problems = allFaults(faultsOf(input), [
      ...(endingKind && !isEnding ? [ENDING_KIND_NEEDS_ENDING] : []),
      ...(ending && !isEnding ? [DECLARED_ENDING_NEEDS_ENDING] : []),
      ...(await this.ruleCheck.node(storyId, {
        ...(content !== undefined && { content }),
        ...(written && { effects: written }),
        ...(ending && { ending }),
      })),
      ...ofMedia,
    ]);
    if (problems.length > 0) throw badUserInput(problems);
    return media;
  }

  /** Deletes a node and its choices. Choices that led to it stay, leading nowhere, for the author to mend. */
  async delete(viewer: Viewer, nodeId: number, revision: number | undefined): Promise<void> {
    const { storyId } = await this.getEditable(viewer, nodeId);
    await this.changes.by(viewer, storyId, async () => {
      await this.storyRepository.lock(storyId);
      await this.nodes.lockWithSources(nodeId);
      if (await this.nodes.delete(nodeId, revision)) return;
      await this.#refuseStale(viewer, nodeId, { revision: revision ?? 0, path: 'revision' });
    });
  }

  /** @param basis what the refused change was made on: revision 0 if it named none */
  async #refuseStale(viewer: Viewer, nodeId: number, basis: Basis): Promise<never> {
    const row = await this.getEditable(viewer, nodeId);
    throw staleNode(
      row,
      await this.laterChanges.since(basis, { kind: 'node', rowId: nodeId, row }),
    );
  }
}

/** The columns that `input` sets; what it leaves out is left out here too. */
function columnsOf(input: Partial<AddNodeInput>): Partial<NodeContent> {
  const { key, title, content, type, isStart, endingKind, ending, effects, position } = input;
  const { tags, chapter } = input;
  return {
    ...(key !== undefined && { nodeKey: key }),
    ...(title !== undefined && { nodeTitle: title }),
    ...(content !== undefined && { content }),
    ...(type !== undefined && { nodeType: type, isEndingNode: type === 'ending' }),
    ...(isStart !== undefined && { isStartingNode: isStart }),
    ...(endingKind !== undefined && { endingKind }),
    ...(ending !== undefined && { ending: ending || null }),
    ...(effects !== undefined && { effects: toEffects(effects) }),
    ...(tags !== undefined && { tags }),
    ...(chapter !== undefined && { chapter: chapter || null }),
    ...(position !== undefined && {
      positionX: position?.x ?? null,
      positionY: position?.y ?? null,
    }),
  };
}
