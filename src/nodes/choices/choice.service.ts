import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import {
  checkOrPuzzle,
  noSuchChoice,
  noSuchNode,
  puzzleWithoutTime,
  tooManyChoices,
  staleChoice,
  targetOfOtherStory,
} from '../node.errors.js';
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
import type { ChoiceRuleFields } from '../rules/rule.inputs.js';
import { ruleColumns } from '../rules/rule.mapper.js';
import { letterOf } from './letters.js';

/** The most choices that a node may have. */
const MOST_CHOICES = 50;

/** A choice and the story it belongs to. */
export interface OwnedChoice {
  readonly choice: ChoiceEntity;
  readonly storyId: number;
}

@Injectable()
export class ChoiceService {
  constructor(
    private readonly database: Database,
    private readonly choices: ChoiceRepository,
    private readonly nodes: NodeRepository,
    private readonly nodeService: NodeService,
    private readonly ruleCheck: RuleCheck,
  ) {}

  async add(viewer: Viewer, fromNodeId: number, input: AddChoiceInput): Promise<OwnedChoice> {
    const from = await this.nodeService.getEditable(viewer, fromNodeId);
    const toNodeId = await this.#target(input.toNodeId, from.storyId);
    const rules = await this.#rules(input, from.storyId);
    const choice = await this.#rearranging(fromNodeId, async (siblings) => {
      const last = siblings.length;
      if (last >= MOST_CHOICES) throw tooManyChoices(MOST_CHOICES);
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
    const { choice: before, storyId } = await this.#getEditable(viewer, choiceId);
    const toNodeId = await this.#target(input.toNodeId, storyId);
    const rules = await this.#rules(input, storyId, before);
    const { text, consequences } = input;
    const changes: Partial<ChoiceContent> = {
      ...(text !== undefined && { choiceText: text }),
      ...(consequences !== undefined && { consequences: consequences || null }),
      ...(toNodeId !== undefined && { toNodeId }),
      ...rules,
    };
    const choice = await this.#rearranging(before.fromNodeId, async () => {
      const choice = await this.choices.update(choiceId, input.revision, changes);
      if (choice === null) return this.#refuseStale(viewer, choiceId);
      return { choice, order: input.order };
    });
    return { choice, storyId };
  }

  async delete(viewer: Viewer, choiceId: number, revision: number | undefined): Promise<void> {
    const { choice } = await this.#getEditable(viewer, choiceId);
    await this.#rearranging(choice.fromNodeId, async () => {
      if (!(await this.choices.delete(choiceId, revision)))
        await this.#refuseStale(viewer, choiceId);
      return { choice, order: undefined };
    });
  }

  async #getEditable(viewer: Viewer, choiceId: number): Promise<OwnedChoice> {
    const choice = await this.choices.findById(choiceId);
    if (choice === null) throw noSuchChoice();
    const { storyId } = await this.nodeService.getEditable(viewer, choice.fromNodeId);
    return { choice, storyId };
  }

  async #refuseStale(viewer: Viewer, choiceId: number): Promise<never> {
    const { choice, storyId } = await this.#getEditable(viewer, choiceId);
    throw staleChoice(choice, storyId);
  }

  /**
   * The rules that the input sets, type-checked.
   * @param before the choice as it is, unless it is new
   */
  async #rules(
    input: ChoiceRuleFields,
    storyId: number,
    before?: ChoiceEntity,
  ): Promise<Partial<ChoiceRuleColumns>> {
    const rules = ruleColumns(input);
    const { condition, effects, check } = rules;
    const after = { ...before, ...rules };
    if (after.check && after.puzzle) throw checkOrPuzzle();
    if (after.puzzle && after.timing) throw puzzleWithoutTime();
    if (rules.failToNodeId) {
      const node = await this.nodes.findById(rules.failToNodeId);
      if (node?.storyId !== storyId) throw targetOfOtherStory('input.failToNodeId');
    }
    await this.ruleCheck.choice(storyId, {
      ...(condition && { condition }),
      ...(effects && { effects }),
      ...(check && { check }),
    });
    return rules;
  }

  /** @returns undefined when the input leaves the target as it is, null when it opens it */
  async #target(
    id: string | null | undefined,
    storyId: number,
  ): Promise<number | null | undefined> {
    if (id === undefined || id === null) return id;
    const node = await this.nodes.findById(decodeId('node', id, 'input.toNodeId'));
    if (node?.storyId !== storyId) throw targetOfOtherStory();
    return node.nodeId;
  }

  /**
   * Runs `change` while nobody else changes the node's choices, then moves the changed one to its `order` and
   * gives all of them their places and letters anew.
   */
  async #rearranging(
    nodeId: number,
    change: (
      siblings: ChoiceEntity[],
    ) => Promise<{ choice: ChoiceEntity; order: number | undefined }>,
  ): Promise<ChoiceEntity> {
    return this.database.transaction(async () => {
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
