import { createHash } from 'node:crypto';
import { etagOf, type ReadyAnswer } from '../../answers/ready-answer.js';
import type { Steps } from '../../engine/core/steps.js';
import { encodeId } from '../../graphql/ids.js';
import type { PublishedStory } from '../reader/published-story.js';
import type { Choice, StoryNode } from '../reader/reader-node.type.js';

/** How many nodes are written in a step. */
const AT_A_TIME = 50;

/** All nodes of a version with their choices, as JSON: what readers get of them, with the ids of where choices lead. */
export function* writeFlow(story: PublishedStory): Steps<ReadyAnswer & { readonly body: Buffer }> {
  const pieces: Buffer[] = [];
  // Piece by piece: the hash of a large flow takes as long as a turn of others may be put off.
  const hash = createHash('sha256');
  for (const text of flowTexts(story)) {
    const piece = Buffer.from(text);
    hash.update(piece);
    pieces.push(piece);
    yield;
  }
  return {
    body: Buffer.concat(pieces),
    contentType: 'application/json; charset=utf-8',
    etag: etagOf(hash),
  };
}

function* flowTexts({ storyId, versionId, nodes }: PublishedStory): Generator<string> {
  const head = JSON.stringify({
    storyId: encodeId('story', storyId),
    versionId: encodeId('version', versionId),
  });
  yield `${head.slice(0, -1)},"nodes":[`;
  const all = [...nodes.values()];
  for (let from = 0; from < all.length; from += AT_A_TIME) {
    const texts = all.slice(from, from + AT_A_TIME).map((node) => JSON.stringify(flowNode(node)));
    yield `${from === 0 ? '' : ','}${texts.join(',')}`;
  }
  yield ']}';
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
