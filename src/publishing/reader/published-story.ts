import type { Steps } from '../../engine/core/steps.js';
import { compiling, type CompiledStory } from '../../engine/core/story.js';
import type { MediaUrl } from '../../media/library/media.type.js';
import { countAllWords } from '../../stories/words.js';
import type { VersionSnapshot } from '../versions/version.repository.js';
import type { StoryNode } from './reader-node.type.js';
import { allNodes, VisitedNodes, type ReaderNodes } from './reader-nodes.js';

/** A published version in memory: the graph that the engine plays, and the plain objects that readers get. */
export class PublishedStory {
  #words: Promise<number> | undefined;

  private constructor(
    readonly versionId: number,
    readonly storyId: number,
    readonly graph: CompiledStory,
    readonly nodes: ReadonlyMap<number, StoryNode>,
    private readonly url: MediaUrl,
  ) {}

  static *making(
    { versionId, storyId, snapshot }: VersionSnapshot,
    url: MediaUrl,
  ): Steps<PublishedStory> {
    const graph = yield* compiling(snapshot);
    const nodes = yield* allNodes(graph, url);
    return new PublishedStory(versionId, storyId, graph, nodes, url);
  }

  /** How many words all its nodes have. Counted when first asked for, then kept: a version never changes. */
  get words(): Promise<number> {
    this.#words ??= countAllWords(this.graph.nodes.map(({ content }) => content));
    return this.#words;
  }

  /** Only the nodes in `visited`; their choices lead to each other, and nowhere else. */
  only(visited: ReadonlySet<number>): ReaderNodes {
    return new VisitedNodes(this.graph, visited, this.url);
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
