import { Injectable } from '@nestjs/common';
import { MOST } from '../../engine/core/limits.js';
import { badUserInput, type FieldProblem } from '../../graphql/errors.js';
import { allFaults, faultsOf, soundFields } from '../../graphql/input-faults.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import { LaterChanges, type Basis } from '../../stories/changes/later-changes.js';
import { Deletions } from '../history/deletions.js';
import {
  noSuchChoice,
  noSuchNode,
  tooManyChoices,
  staleChoice,
  targetOfOtherStory,
} from '../node.errors.js';
import { CHECK_OR_PUZZLE, PUZZLE_WITHOUT_TIME } from '../node.rules.js';
import type { NodeEntity } from '../nodes/node.entity.js';
import { NodeRepository } from '../nodes/node.repository.js';
import { NodeService } from '../nodes/node.service.js';
import type { ChoiceEntity } from './choice.entity.js';
import type { AddChoiceInput, UpdateChoiceInput } from './choice.inputs.js';
import {
  ChoiceRepository,
  type ChoiceContent,
  type ChoiceRuleColumns,
} from './choice.repository.js';
import { RuleCheck } from '../rules/rule.check.js';
import { ruleColumns } from '../rules/rule.mapper.js';
import { letterOf } from './letters.js';

/** A choice and the story it belongs to. */
export interface OwnedChoice {
  readonly choice: ChoiceEntity;
  readonly storyId: number;
}

@Injectable()
export class ChoiceService {
  constructor(
    private readonly changes: DraftChanges,
    private readonly choices: ChoiceRepository,
    private readonly nodes: NodeRepository,
    private readonly nodeService: NodeService,
    private readonly ruleCheck: RuleCheck,
    private readonly laterChanges: LaterChanges,
    private readonly deletions: Deletions,
  ) {}

  async add(viewer: Viewer, fromNodeId: number, input: AddChoiceInput): Promise<OwnedChoice> {
    const from = await this.nodeService.getEditable(viewer, fromNodeId);
    const { toNodeId, rules } = await this.#checked(input, from.storyId);
    const choice = await this.#rearranging(viewer, from, async (siblings) => {
      const last = siblings.length;
      if (last >= MOST.choices) throw tooManyChoices(MOST.choices);
      const choice = await this.choices.insert({
        fromNodeId,
        toNodeId: toNodeId ?? null,
        choiceText: input.text,
        consequences: input.consequences || null,
        ...rules,
        order: last + 1,
        choiceLetter: letterOf(last),
      });
      return { choice, order: input.order };
    });
    return { choice, storyId: from.storyId };
  }

  /** @throws {ApiError} `CONFLICT` with the current choice when another change came first */
  async update(viewer: Viewer, choiceId: number, input: UpdateChoiceInput): Promise<OwnedChoice> {
    const { choice: before, node } = await this.#getEditable(viewer, choiceId);
    const { storyId } = node;
    const { toNodeId, rules } = await this.#checked(input, storyId, before);
    const { text, consequences, revision } = input;
    const changes: Partial<ChoiceContent> = {
      ...(text !== undefined && { choiceText: text }),
      ...(consequences !== undefined && { consequences: consequences || null }),
      ...(toNodeId !== undefined && { toNodeId }),
      ...rules,
    };
    const choice = await this.#rearranging(viewer, node, async ({ length }) => {
      const order = input.order === undefined ? undefined : Math.min(input.order, length);
      const moved = { ...changes, ...(order !== undefined && { order }) };
      const choice = await this.choices.update(choiceId, revision, moved);
      if (choice === null)
        return this.#refuseStale(viewer, choiceId, { revision, path: 'input.revision' });
      return { choice, order };
    });
    return { choice, storyId };
  }

  async delete(viewer: Viewer, choiceId: number, revision: number | undefined): Promise<void> {
    const { choice, node } = await this.#getEditable(viewer, choiceId);
    await this.#rearranging(viewer, node, async () => {
      if (!(await this.choices.delete(choiceId, revision)))
        await this.#refuseStale(viewer, choiceId, { revision: revision ?? 0, path: 'revision' });
      return { choice, order: undefined };
    });
  }

  async #getEditable(
    viewer: Viewer,
    choiceId: number,
  ): Promise<{ choice: ChoiceEntity; node: NodeEntity }> {
    const choice = await this.choices.findById(choiceId);
    if (choice === null) {
      await this.deletions.refuse(viewer, 'choice', choiceId);
      throw noSuchChoice();
    }
    return { choice, node: await this.nodeService.getEditable(viewer, choice.fromNodeId) };
  }

  /** @param basis what the refused change was made on: revision 0 if it named none */
  async #refuseStale(viewer: Viewer, choiceId: number, basis: Basis): Promise<never> {
    const { choice: row } = await this.#getEditable(viewer, choiceId);
    const changed = { kind: 'choice', rowId: choiceId, row } as const;
    throw staleChoice(row, await this.laterChanges.since(basis, changed));
  }

  /**
   * The target and the rules that the input sets, checked. What it leaves out is left out here too.
   * @param before the choice as it is, unless it is new
   * @throws {ApiError} `BAD_USER_INPUT` with all that is wrong
   */
  async #checked(
    input: Partial<AddChoiceInput>,
    storyId: number,
    before?: ChoiceEntity,
  ): Promise<{ toNodeId: number | null | undefined; rules: Partial<ChoiceRuleColumns> }> {
    const sound = soundFields(input);
    const { text, consequences, toNodeId: id } = sound;
    const toNodeId = id === undefined || id === null ? id : decodeId('node', id, 'input.toNodeId');
    const rules = ruleColumns(sound);
    const { condition, lockedText, effects, check, failToNodeId } = rules;
    const after = { ...before, ...rules };
    const problems = allFaults(faultsOf(input), [
      ...(await this.#targetProblems(storyId, 'input.toNodeId', toNodeId)),
      ...(await this.#targetProblems(storyId, 'input.failToNodeId', failToNodeId)),
      ...(after.check && after.puzzle ? [CHECK_OR_PUZZLE] : []),
      ...(after.puzzle && after.timing ? [PUZZLE_WITHOUT_TIME] : []),
      ...(await this.ruleCheck.choice(storyId, {
        ...(text && { text }),
        ...(consequences && { consequences }),
        ...(lockedText && { lockedText }),
        ...(condition && { condition }),
        ...(effects && { effects }),
        ...(check && { check }),
      })),
    ]);
    if (problems.length > 0) throw badUserInput(problems);
    return { toNodeId, rules };
  }

  async #targetProblems(
    storyId: number,
    path: string,
    nodeId: number | null | undefined,
  ): Promise<FieldProblem[]> {
    if (nodeId === undefined || nodeId === null) return [];
    const node = await this.nodes.findById(nodeId);
    return node?.storyId === storyId ? [] : [targetOfOtherStory(path)];
  }

  /**
   * Runs `change` while nobody else changes the node's choices, then moves the changed one to its `order` and
   * gives all of them their places and letters anew.
   */
  async #rearranging(
    viewer: Viewer,
    { nodeId, storyId }: NodeEntity,
    change: (
      siblings: ChoiceEntity[],
    ) => Promise<{ choice: ChoiceEntity; order: number | undefined }>,
  ): Promise<ChoiceEntity> {
    return this.changes.by(viewer, storyId, async () => {
      await this.nodes.lock(nodeId);
      // It may have been deleted while this call waited its turn.
      if ((await this.nodes.findById(nodeId)) === null) throw noSuchNode();
      const { choice, order } = await change(await this.choices.findByNodes([nodeId]));
      const siblings = await this.choices.findByNodes([nodeId]);
      const arranged = order === undefined ? siblings : moved(siblings, choice.choiceId, order);
      const places = arranged.map(({ choiceId }, index) => ({
        choiceId,
        order: index + 1,
        letter: letterOf(index),
      }));
      await this.choices.arrange(places);
      return (await this.choices.findById(choice.choiceId)) ?? choice;
    });
  }
}

function moved(siblings: readonly ChoiceEntity[], choiceId: number, order: number): ChoiceEntity[] {
  const others = siblings.filter((sibling) => sibling.choiceId !== choiceId);
  const choice = siblings.filter((sibling) => sibling.choiceId === choiceId);
  return [...others.slice(0, order - 1), ...choice, ...others.slice(order - 1)];
}
