import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { ChoiceDefinition, NodeDefinition } from '../../engine/core/definition.js';
import type { StoryGraph } from '../../engine/core/graph.js';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { MediaUrl } from '../../media/library/media.type.js';
import {
  StoryAudio,
  StoryImage,
  toStoryAudio,
  toStoryImage,
} from '../../media/library/story-media.type.js';
import { WrittenChoice } from '../../nodes/choices/choice.type.js';
import { toSchema } from '../../nodes/declarations/declaration.mapper.js';
import { StorySchema } from '../../nodes/declarations/declaration.type.js';
import { WrittenNode, type EndingKind, type NodeType } from '../../nodes/nodes/node.type.js';
import { effectsOf, puzzleOf } from '../../nodes/rules/rule.type.js';
import type { PublishedStory } from '../reader/published-story.js';

@ObjectType({ description: 'A choice of a version, as its author wrote it.' })
export class VersionChoice extends WrittenChoice {
  @Field({ description: 'A, B, C and so on.' })
  letter: string;

  @Field(() => ID, { nullable: true, description: 'The node it leads to; null for none.' })
  toNodeId: string | null;

  @Field(() => String, { nullable: true, description: 'What the author called that node.' })
  toNodeKey: string | null;

  @Field(() => String, { nullable: true, description: 'What the author called that node.' })
  failToNodeKey: string | null;
}

@ObjectType({ description: 'A node of a version, as its author wrote it.' })
export class VersionNode extends WrittenNode {
  @Field({ description: 'What the author called it, unique in the version.' })
  key: string;

  @Field({ description: 'The text, in Markdown with Liquid.' })
  content: string;

  @Field(() => StoryImage, { nullable: true, description: 'The image shown with it.' })
  image: StoryImage | null;

  @Field(() => StoryAudio, { nullable: true, description: 'The recording that goes with it.' })
  audio: StoryAudio | null;

  @Field(() => [VersionChoice], { description: 'The ways on, in order.' })
  choices: VersionChoice[];
}

export const VersionNodeConnection = ConnectionType('VersionNode', () => VersionNode);

@ObjectType({
  description:
    'All that a version keeps, as its author wrote it: conditions, effects and answers too. Places on the author’s map, chapters and tags are the draft’s alone.',
})
export class VersionContent {
  @Field(() => StorySchema, { description: 'What the story declares.' })
  schema: StorySchema;

  /** Not exposed: what resolvers go on from. */
  readonly version: PublishedStory;
}

export const toContent = (version: PublishedStory): VersionContent => ({
  schema: toSchema(version.graph.schema),
  version,
});

export const toVersionNode = (
  node: NodeDefinition,
  graph: StoryGraph,
  url: MediaUrl,
): VersionNode => ({
  id: encodeId('node', node.id),
  key: node.key,
  title: node.title,
  content: node.content,
  type: node.type as NodeType,
  isStart: node.isStart,
  isEnding: node.type === 'ending',
  endingKind: node.endingKind as EndingKind | null,
  ending: node.ending ?? null,
  effects: effectsOf(node.effects),
  image: toStoryImage(node.media?.image, url),
  audio: toStoryAudio(node.media?.audio, url),
  choices: node.choices.map((choice) => toVersionChoice(choice, graph)),
});

function toVersionChoice(choice: ChoiceDefinition, graph: StoryGraph): VersionChoice {
  const to = nodeOf(graph, choice.to);
  const failTo = nodeOf(graph, choice.failTo);
  return {
    id: encodeId('choice', choice.id),
    letter: choice.letter,
    text: choice.text,
    consequences: choice.consequences,
    toNodeId: to ? encodeId('node', to.id) : null,
    toNodeKey: to?.key ?? null,
    condition: choice.condition ?? null,
    lockedText: choice.lockedText ?? null,
    effects: effectsOf(choice.effects),
    check: choice.check ?? null,
    puzzle: puzzleOf(choice.puzzle),
    failToNodeId: failTo ? encodeId('node', failTo.id) : null,
    failToNodeKey: failTo?.key ?? null,
    afterSeconds: choice.after ?? null,
  };
}

/** The node with this id, if there is one. */
export function nodeOf(
  { nodes, indexOfNode }: StoryGraph,
  id: number | null | undefined,
): NodeDefinition | undefined {
  const index = id === null || id === undefined ? undefined : indexOfNode.get(id);
  return index === undefined ? undefined : nodes[index];
}
