import type { StoryDefinition } from '../../engine/core/definition.js';
import { NONE } from '../../engine/core/graph.js';
import { initialMemory } from '../../engine/core/machine.js';
import { compile, type CompiledStory } from '../../engine/core/story.js';
import { choiceFor, contentFor } from '../../engine/core/templates/texts.js';
import type { MediaUrl } from '../../media/library/media.type.js';
import { toStoryAudio, toStoryImage } from '../../media/library/story-media.type.js';
import { countAllWords } from '../../stories/words.js';
import { isDecidedLater, toChoice } from './reader-choice.js';
import { StoryNode, type Choice } from './reader-node.type.js';

/** The nodes that a reader may look at, by id. */
export type ReaderNodes = ReadonlyMap<number, StoryNode>;

/** A published version in memory: the graph that the engine plays, and the plain objects that readers get. */
export class PublishedStory {
  readonly graph: CompiledStory;
  readonly nodes: ReaderNodes;
  #words: Promise<number> | undefined;

  constructor(
    readonly versionId: number,
    readonly storyId: number,
    snapshot: StoryDefinition,
    private readonly url: MediaUrl,
  ) {
    this.graph = compile(snapshot);
    this.nodes = readerNodes(this.graph, snapshot.nodes.keys(), url);
  }

  /** How many words all its nodes have. Counted when first asked for, then kept: a version never changes. */
  get words(): Promise<number> {
    this.#words ??= countAllWords(this.graph.nodes.map(({ content }) => content));
    return this.#words;
  }

  /** Only the nodes in `visited`; their choices lead to each other, and nowhere else. */
  only(visited: ReadonlySet<number>): ReaderNodes {
    const indices = [...visited].flatMap((id) => this.graph.indexOfNode.get(id) ?? []);
    const nodes = readerNodes(
      this.graph,
      indices.sort((a, b) => a - b),
      this.url,
    );
    for (const { choices } of nodes.values()) {
      // What a choice brings is not told before it has been made.
      for (const choice of choices) if (choice.toNode === null) choice.consequences = null;
    }
    return nodes;
  }

  /** Roughly how many bytes it takes: its texts, each node's HTML once asked for, and the objects around them. */
  get size(): number {
    const { nodes, choices } = this.graph;
    const told = nodes.reduce(
      (sum, { content, title }) => sum + 2 * content.length + title.length,
      0,
    );
    const offered = choices.reduce(
      (sum, { text, consequences }) => sum + text.length + (consequences?.length ?? 0),
      0,
    );
    return 2 * (told + offered) + 600 * nodes.length + 500 * choices.length;
  }
}

/** Objects for the nodes at `indices`, linked to each other by their choices. */
function readerNodes(story: CompiledStory, indices: Iterable<number>, url: MediaUrl): ReaderNodes {
  const { nodes, target, firstChoice } = story;
  // Outside of a playthrough texts are told as to a reader who has just begun.
  const memory = initialMemory(story, story.schema.protagonists?.[0]?.key);
  const made = new Map<number, StoryNode>();
  const links: { choice: Choice; target: number }[] = [];
  for (const index of indices) {
    const definition = nodes[index]!;
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
    made.set(definition.id, new StoryNode(definition, choices, content, media));
  }
  for (const { choice, target: index } of links) {
    if (index !== NONE) choice.toNode = made.get(nodes[index]!.id) ?? null;
  }
  return made;
}
