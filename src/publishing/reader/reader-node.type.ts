import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { NodeDefinition } from '../../engine/core/definition.js';
import { StoryAudio, StoryImage } from '../../media/library/story-media.type.js';
import { ConnectionType } from '../../graphql/connection.js';
import { PublicRead } from '../../graphql/public-read.js';
import { encodeId } from '../../graphql/ids.js';
import { PuzzleKind } from '../../nodes/rules/rule.type.js';
import { EndingKind, NodeType } from '../../nodes/nodes/node.type.js';
import { renderMarkdown } from '../../stories/markdown.js';

@PublicRead()
@ObjectType({ description: 'A choice of a published story.' })
export class Choice {
  @Field(() => ID, { description: 'The id of the choice; it stays the same in every version.' })
  readonly id: string;

  @Field({ description: 'A, B, C and so on.' })
  readonly letter: string;

  @Field({ description: 'What the reader may choose.' })
  readonly text: string;

  @Field(() => String, { nullable: true, description: 'What the reader is told after choosing.' })
  consequences: string | null;

  @Field(() => PuzzleKind, {
    nullable: true,
    description: 'Where the choice is a puzzle: how its answer is compared. Send it as `answer`.',
  })
  readonly puzzle: PuzzleKind | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many answers a puzzle takes in all; null where there is no limit.',
  })
  readonly attempts: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many answers it still takes in this playthrough; null where there is no limit.',
  })
  readonly attemptsLeft: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The dice that decide the choice, such as 2d6; null where none do.',
  })
  readonly dice: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'After how many seconds at its node the choice makes itself.',
  })
  readonly afterSeconds: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why the choice cannot be made now; null when it can, and outside of a playthrough.',
  })
  readonly lockedReason: string | null;

  @Field(() => StoryNode, {
    nullable: true,
    description:
      'The node it leads to; null where the story’s spoiler guard, dice or a puzzle hides it.',
  })
  toNode: StoryNode | null;
}

/** What a node shows and plays. */
export type ReaderMedia = Pick<StoryNode, 'image' | 'audio'>;

@PublicRead()
@ObjectType({ description: 'A node of a published story, as readers get it.' })
export class StoryNode {
  @Field(() => ID, { description: 'The id of the node; it stays the same in every version.' })
  readonly id: string;

  @Field({ description: 'What the author calls it.' })
  readonly key: string;

  @Field({ description: 'The title.' })
  readonly title: string;

  @Field({
    description:
      'The text, in Markdown, as it is told to the reader; outside of a playthrough as to one who has just begun.',
  })
  readonly content: string;

  @Field(() => NodeType, { description: 'What it is for.' })
  readonly type: NodeType;

  @Field({ description: 'Whether the story starts here.' })
  readonly isStart: boolean;

  @Field({ description: 'Whether the story ends here.' })
  readonly isEnding: boolean;

  @Field(() => EndingKind, { nullable: true, description: 'How the ending feels; null elsewhere.' })
  readonly endingKind: EndingKind | null;

  @Field(() => StoryImage, { nullable: true, description: 'The image shown with it.' })
  readonly image: StoryImage | null;

  @Field(() => StoryAudio, { nullable: true, description: 'The recording that goes with it.' })
  readonly audio: StoryAudio | null;

  @Field(() => [Choice], { description: 'The ways on, in order.' })
  readonly choices: readonly Choice[];

  #html: string | undefined;

  /** @param content as the reader is told it */
  constructor(
    definition: NodeDefinition,
    choices: readonly Choice[],
    content: string,
    { image, audio }: ReaderMedia,
  ) {
    this.id = encodeId('node', definition.id);
    this.key = definition.key;
    this.title = definition.title;
    this.content = content;
    this.type = definition.type as NodeType;
    this.isStart = definition.isStart;
    this.isEnding = definition.type === 'ending';
    this.endingKind = definition.endingKind as EndingKind | null;
    this.image = image;
    this.audio = audio;
    this.choices = choices;
  }

  /** Rendered when first asked for, then kept: the node never changes. */
  @Field({ description: 'The text as sanitised HTML.' })
  get contentHtml(): string {
    this.#html ??= renderMarkdown(this.content);
    return this.#html;
  }
}

export const StoryNodeConnection = ConnectionType('StoryNode', () => StoryNode);
