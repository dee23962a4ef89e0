import { toDraftChoice, type DraftChoice } from '../choices/choice.type.js';
import type { NodeEntity } from '../nodes/node.entity.js';
import { toDraftNode, type DraftNode } from '../nodes/node.type.js';
import type { ReadChoice, ReadNode } from './draft-read.repository.js';

/** As the API tells it, with what was read below it. */
export const toReadNode = (node: ReadNode): DraftNode =>
  node.ways === undefined
    ? toDraftNode(node)
    : { ...toDraftNode(node), choices: node.ways.map((way) => toReadChoice(way, node.storyId)) };

const toReadChoice = (choice: ReadChoice, storyId: number): DraftChoice =>
  choice.to === undefined
    ? toDraftChoice(choice, storyId)
    : {
        ...toDraftChoice(choice, storyId),
        ...{ toNode: toTarget(choice.to), failToNode: toTarget(choice.failTo) },
      };

const toTarget = (node: NodeEntity | null | undefined) => (node ? toDraftNode(node) : null);
