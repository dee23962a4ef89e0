import type { Memory } from '../../engine/core/expressions/evaluate.js';
import { NONE } from '../../engine/core/graph.js';
import { initialMemory } from '../../engine/core/machine.js';
import type { Steps } from '../../engine/core/steps.js';
import type { CompiledStory } from '../../engine/core/story.js';
import { choiceFor, contentFor } from '../../engine/core/templates/texts.js';
import type { MediaUrl } from '../../media/library/media.type.js';
import { toStoryAudio, toStoryImage } from '../../media/library/story-media.type.js';
import { isDecidedLater, toChoice } from './reader-choice.js';
import { StoryNode, type Choice } from './reader-node.type.js';

/** The nodes that a reader may look at, by id. */
export interface ReaderNodes {
  get(id: number): StoryNode | undefined;
  keys(): Iterable<number>;
}

/** What nodes are made from. */
interface Source {
  readonly story: CompiledStory;
  readonly memory: Memory;
  readonly url: MediaUrl;
}

/** A node whose choices lead nowhere yet, and the places in the graph that they lead to. */
interface Unlinked {
  readonly node: StoryNode;
  readonly links: readonly { readonly choice: Choice; readonly target: number }[];
}

/** All nodes of a story, linked to each other by their choices. */
export function* allNodes(
  story: CompiledStory,
  url: MediaUrl,
): Steps<ReadonlyMap<number, StoryNode>> {
  const source = sourceOf(story, url);
  const made: Unlinked[] = [];
  for (const index of story.nodes.keys()) {
    made.push(unlinked(source, index));
    yield;
  }
  for (const { links } of made) {
    for (const { choice, target } of links) {
      if (target !== NONE) choice.toNode = made[target]!.node;
    }
  }
  return new Map(made.map(({ node }, index) => [story.nodes[index]!.id, node]));
}

/**
 * The nodes of a story that a reader has come to, each made when it is first looked at; their choices lead to each other, and
 * nowhere else.
 */
export class VisitedNodes implements ReaderNodes {
  readonly #source: Source;
  readonly #made = new Map<number, StoryNode>();

  /** @param visited ids, also of nodes that are in other versions alone */
  constructor(
    private readonly story: CompiledStory,
    private readonly visited: ReadonlySet<number>,
    url: MediaUrl,
  ) {
    this.#source = sourceOf(story, url);
  }

  keys(): number[] {
    return [...this.visited].filter((id) => this.story.indexOfNode.has(id));
  }

  get(id: number): StoryNode | undefined {
    const index = this.story.indexOfNode.get(id);
    if (index === undefined || !this.visited.has(id)) return undefined;
    const node = this.#made.get(id) ?? this.#make(index);
    this.#made.set(id, node);
    return node;
  }

  #make(index: number): StoryNode {
    const { node, links } = unlinked(this.#source, index);
    for (const { choice, target } of links) {
      const to = this.story.nodes[target]?.id;
      if (to !== undefined && this.visited.has(to)) {
        const get = () => this.get(to);
        Object.defineProperty(choice, 'toNode', { get, enumerable: true });
      }
      // What a choice brings is not told before it has been made.
      else choice.consequences = null;
    }
    return node;
  }
}

/** Outside of a playthrough texts are told as to a reader who has just begun. */
const sourceOf = (story: CompiledStory, url: MediaUrl): Source => ({
  story,
  memory: initialMemory(story, story.schema.protagonists?.[0]?.key),
  url,
});

function unlinked({ story, memory, url }: Source, index: number): Unlinked {
  const { nodes, target, firstChoice } = story;
  const definition = nodes[index]!;
  const links: { choice: Choice; target: number }[] = [];
  // Nobody chooses at an ending, even where the draft has choices left over.
  const offered = story.isEnding[index] === 1 ? [] : definition.choices;
  const choices = offered.flatMap((written, place) => {
    // What the author hides while it is closed is shown only to those for whom it is open.
    if (written.condition !== undefined && written.lockedText === undefined) return [];
    const number = firstChoice[index]! + place;
    const choice = toChoice(choiceFor(story, memory, number));
    if (!isDecidedLater(written)) links.push({ choice, target: target[number]! });
    return [choice];
  });
  const content = contentFor(story, memory, index);
  const media = {
    image: toStoryImage(definition.media?.image, url),
    audio: toStoryAudio(definition.media?.audio, url),
  };
  return { node: new StoryNode(definition, choices, content, media), links };
}
