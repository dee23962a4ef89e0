import { setImmediate } from 'node:timers/promises';
import { encodeId } from '../../graphql/ids.js';
import type { PublishedStory } from '../reader/published-story.js';
import type { Choice, StoryNode } from '../reader/reader-node.type.js';

/** How many nodes are written at a time: others are served in between. */
const AT_A_TIME = 200;

/** All nodes of a version with their choices, as JSON: what readers get of them, with the ids of where choices lead. */
export async function writeFlow({ storyId, versionId, nodes }: PublishedStory): Promise<Buffer> {
  const head = JSON.stringify({
    storyId: encodeId('story', storyId),
    versionId: encodeId('version', versionId),
  });
  const pieces = [Buffer.from(`${head.slice(0, -1)},"nodes":[`)];
  const all = [...nodes.values()];
  for (let from = 0; from < all.length; from += AT_A_TIME) {
    const piece = all.slice(from, from + AT_A_TIME).map((node) => JSON.stringify(flowNode(node)));
    pieces.push(Buffer.from(`${from === 0 ? '' : ','}${piece.join(',')}`));
    await setImmediate();
  }
  return Buffer.concat([...pieces, Buffer.from(']}')]);
}

const flowNode = ({
  id,
  key,
  title,
  content,
  type,
  isStart,
  isEnding,
  endingKind,
  image,
  audio,
  choices,
}: StoryNode) => ({
  ...{ id, key, title, content, type: enumName(type), isStart, isEnding },
  ...{ endingKind: enumName(endingKind), image, audio, choices: choices.map(flowChoice) },
});

const flowChoice = ({
  id,
  letter,
  text,
  consequences,
  puzzle,
  attempts,
  dice,
  afterSeconds,
  toNode,
}: Choice) => ({
  ...{ id, letter, text, consequences, puzzle: enumName(puzzle), attempts, dice, afterSeconds },
  toNodeId: toNode?.id ?? null,
});

/** What GraphQL calls it. */
const enumName = (value: string | null): string | null => value?.toUpperCase() ?? null;
