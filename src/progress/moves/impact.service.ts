import { Injectable } from '@nestjs/common';
import { contentHashOf } from '../../engine/content-hash.js';
import { move, type Obstacle } from '../../engine/core/move.js';
import { nameOfSlot } from '../../engine/core/slot-names.js';
import { compile, type CompiledStory } from '../../engine/core/story.js';
import { DraftDefinitionRepository } from '../../engine/draft-definition.repository.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { VersionRepository } from '../../publishing/versions/version.repository.js';
import { StoryService } from '../../stories/story.service.js';
import { ImpactRepository, type LivePlaythrough } from './impact.repository.js';

/** How many playthroughs are looked at before other requests get their turn. */
const BATCH = 500;

/** How those who stand at one node are touched by a publication. */
export interface NodeImpact {
  readonly nodeId: number;
  /** What the node is called in the version that they read. */
  readonly key: string;
  readonly title: string;
  movable: number;
  readonly obstacles: Map<Obstacle, number>;
  /** What those who could move have and would lose, as conditions call it. */
  readonly losses: Set<string>;
}

/** How the readers of a story are touched when its draft is published. */
export interface Impact {
  playthroughs: number;
  /** On a version that is just what the draft is. */
  unaffected: number;
  /** Where the others stand. */
  readonly nodes: ReadonlyMap<number, NodeImpact>;
}

/** Tells what publishing a draft would mean for those who read the story. */
@Injectable()
export class ImpactService {
  constructor(
    private readonly stories: StoryService,
    private readonly drafts: DraftDefinitionRepository,
    private readonly versions: VersionRepository,
    private readonly published: PublishedStories,
    private readonly playthroughs: ImpactRepository,
  ) {}

  async ofDraft(viewer: Viewer, storyId: number): Promise<Impact> {
    await this.stories.getInspectable(viewer, storyId);
    const draft = await this.drafts.load(storyId);
    const same = await this.versions.idsOfContent(storyId, contentHashOf(draft));
    const story = compile(draft);
    const nodes = new Map<number, NodeImpact>();
    const impact = { playthroughs: 0, unaffected: 0, nodes };
    let batch: LivePlaythrough[];
    let after = 0;
    do {
      batch = await this.playthroughs.live(storyId, BATCH, after);
      for (const playthrough of batch) {
        impact.playthroughs += 1;
        if (same.has(playthrough.versionId)) impact.unaffected += 1;
        else
          note(nodes, (await this.published.get(playthrough.versionId)).graph, story, playthrough);
      }
      after = batch.at(-1)?.progressId ?? after;
    } while (batch.length === BATCH);
    return impact;
  }
}

function note(
  nodes: Map<number, NodeImpact>,
  from: CompiledStory,
  to: CompiledStory,
  { state }: LivePlaythrough,
): void {
  const { id, key, title } = from.nodes[from.indexOfNode.get(state.node)!]!;
  const node: NodeImpact = nodes.get(id) ?? {
    nodeId: id,
    key,
    title,
    movable: 0,
    obstacles: new Map<Obstacle, number>(),
    losses: new Set(),
  };
  nodes.set(id, node);
  const outcome = move(from, to, state);
  if (typeof outcome === 'string') {
    node.obstacles.set(outcome, (node.obstacles.get(outcome) ?? 0) + 1);
    return;
  }
  node.movable += 1;
  // Attempts at puzzles that are gone are nothing that a reader has.
  for (const slot of outcome.lost)
    if (slot.kind !== 'attempts') node.losses.add(nameOfSlot(from, slot));
}
