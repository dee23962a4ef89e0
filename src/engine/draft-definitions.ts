import { Injectable } from '@nestjs/common';
import type { ChoiceEntity } from '../nodes/choices/choice.entity.js';
import { ChoiceRepository } from '../nodes/choices/choice.repository.js';
import type { NodeEntity } from '../nodes/nodes/node.entity.js';
import { NodeRepository } from '../nodes/nodes/node.repository.js';
import type { ChoiceDefinition, NodeDefinition, StoryDefinition } from './core/definition.js';

/** Drafts as the engine takes them. */
@Injectable()
export class DraftDefinitions {
  constructor(
    private readonly nodes: NodeRepository,
    private readonly choices: ChoiceRepository,
  ) {}

  async load(storyId: number): Promise<StoryDefinition> {
    const [nodes, choices] = await Promise.all([
      this.nodes.findAll(storyId),
      this.choices.findAll(storyId),
    ]);
    const choicesOf = Map.groupBy(choices, ({ fromNodeId }) => fromNodeId);
    return { nodes: nodes.map((node) => toNode(node, choicesOf.get(node.nodeId) ?? [])) };
  }
}

const toNode = (row: NodeEntity, choices: readonly ChoiceEntity[]): NodeDefinition => ({
  id: row.nodeId,
  key: row.nodeKey,
  title: row.nodeTitle,
  content: row.content,
  type: row.nodeType,
  isStart: row.isStartingNode,
  endingKind: row.endingKind,
  choices: choices.map(toChoice),
});

const toChoice = (row: ChoiceEntity): ChoiceDefinition => ({
  id: row.choiceId,
  letter: row.choiceLetter,
  text: row.choiceText,
  consequences: row.consequences,
  to: row.toNodeId,
});
