import { setImmediate } from 'node:timers/promises';
import type { StoryDefinition } from '../../engine/core/definition.js';
import { compile, type CompiledStory } from '../../engine/core/story.js';
import type { MediaUrl } from '../../media/library/media.type.js';
import { countAllWords } from '../../stories/words.js';
import type { VersionSnapshot } from '../versions/version.repository.js';
import type { StoryNode } from './reader-node.type.js';
import { allNodes, VisitedNodes, type ReaderNodes } from './reader-nodes.js';

/** How long a snapshot is, in characters, that takes longer than others may wait. */
const LARGE = 500_000;

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

  /** Reads what a version keeps. Others are served in between where the story is large. */
  static async from(
    { versionId, storyId, snapshot }: VersionSnapshot,
    url: MediaUrl,
  ): Promise<PublishedStory> {
    const definition = JSON.parse(snapshot) as StoryDefinition;
    if (snapshot.length > LARGE) await setImmediate();
    const graph = compile(definition);
    if (snapshot.length > LARGE) await setImmediate();
    return new PublishedStory(versionId, storyId, graph, await allNodes(graph, url), url);
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
