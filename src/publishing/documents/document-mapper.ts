import type { StorySchema } from '../../engine/core/definition.js';
import type { DraftContent } from '../../nodes/drafts/draft-content.repository.js';
import { letterOf } from '../../nodes/choices/letters.js';
import type { CreateStoryInput } from '../../stories/story.inputs.js';
import type { StoryDifficulty } from '../../stories/story.type.js';
import type {
  DocumentChoice,
  DocumentNode,
  DocumentSchema,
  StoryDocument,
} from '../formats/story-document.js';
import { nodeMediaAfter, type MediaIds } from './document-media.js';

/** The ids that the nodes and the choices of a document have, each in the document’s order. */
export interface DocumentIds {
  readonly nodes: readonly number[];
  readonly choices: readonly (readonly number[])[];
}

/** Ids for a document that is not in the database: from 1, as it is written. */
export function numberedIds({ nodes }: StoryDocument): DocumentIds {
  let choiceId = 0;
  return {
    nodes: nodes.map((_, i) => i + 1),
    choices: nodes.map(({ choices = [] }) => choices.map(() => ++choiceId)),
  };
}

const NO_MEDIA: MediaIds = new Map();

/**
 * A document as drafts hold it. A key that no node has is no target, as is that of a node deleted since; nor is there a
 * medium that `media` does not have.
 */
export function toDraftContent(
  document: StoryDocument,
  ids: DocumentIds = numberedIds(document),
  media: MediaIds = NO_MEDIA,
): DraftContent {
  const { schema, nodes } = document;
  const idOf = new Map(nodes.map(({ key }, i) => [key, ids.nodes[i]!]));
  return {
    ...(schema !== undefined && { schema: declarationsOf(schema, idOf) }),
    nodes: nodes.map((node, i) => ({
      id: ids.nodes[i]!,
      key: node.key,
      title: node.title,
      content: node.content,
      type: node.type,
      isStart: node.start === true,
      endingKind: node.endingKind ?? null,
      ...(node.ending && { ending: node.ending }),
      ...(node.effects?.length && { effects: node.effects }),
      ...mediaOf(node, media),
      choices: (node.choices ?? []).map((choice, place) => ({
        id: ids.choices[i]![place]!,
        letter: letterOf(place),
        ...choiceOf(choice, idOf),
      })),
      tags: node.tags ?? [],
      chapter: node.chapter || null,
      x: node.position?.x ?? null,
      y: node.position?.y ?? null,
    })),
  };
}

function mediaOf(node: DocumentNode, ids: MediaIds) {
  const media = nodeMediaAfter(node, ids);
  return Object.keys(media).length > 0 ? { media } : {};
}

const choiceOf = (
  { text, to, failTo, consequences, effects, afterSeconds, puzzle, ...rules }: DocumentChoice,
  idOf: ReadonlyMap<string, number>,
) => ({
  text,
  consequences: consequences || null,
  to: idOf.get(to ?? '') ?? null,
  ...rules,
  ...(effects?.length && { effects }),
  ...(puzzle !== undefined && { puzzle: puzzleOf(puzzle) }),
  ...(failTo !== undefined && { failTo: idOf.get(failTo) ?? null }),
  ...(afterSeconds !== undefined && { after: afterSeconds }),
});

const puzzleOf = ({ hints = [], ...puzzle }: NonNullable<DocumentChoice['puzzle']>) => ({
  ...puzzle,
  ...(hints.length > 0 && { hints }),
});

/** What is empty is left out, as `defineStory` does. */
function declarationsOf(schema: DocumentSchema, idOf: ReadonlyMap<string, number>): StorySchema {
  const { protagonists, undo, ...lists } = schema;
  const filled = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
  return {
    ...filled,
    ...(protagonists?.length && {
      protagonists: protagonists.map(({ start, ...who }) => ({
        ...who,
        ...(start !== undefined && { start: idOf.get(start) }),
      })),
    }),
    ...(undo && { undo }),
  };
}

/** The details that a document gives. */
export const detailsOf = ({
  title,
  description,
  category,
  difficulty,
  tags,
  language,
  spoilerGuard,
}: StoryDocument) => ({
  title,
  ...(description !== undefined && { description }),
  ...(category !== undefined && { category }),
  ...(difficulty !== undefined && { difficultyLevel: difficulty as StoryDifficulty }),
  ...(tags !== undefined && { tags: [...tags] }),
  ...(language !== undefined && { language }),
  ...(spoilerGuard !== undefined && { spoilerGuard }),
});

/** All details that a new story needs. */
export const newDetailsOf = (document: StoryDocument): CreateStoryInput => ({
  description: document.title,
  category: 'other',
  difficultyLevel: 'medium' as StoryDifficulty,
  ...detailsOf(document),
  ...(document.slug !== undefined && { slug: document.slug }),
});
