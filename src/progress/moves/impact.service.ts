import { Injectable } from '@nestjs/common';
import { contentHashOf } from '../../engine/content-hash.js';
import type { Moved, Obstacle } from '../../engine/core/move.js';
import type { PlayState } from '../../engine/core/play.js';
import { nameOfSlot } from '../../engine/core/slot-names.js';
import { compile, type CompiledStory } from '../../engine/core/story.js';
import { DraftDefinitionRepository } from '../../engine/draft-definition.repository.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { VersionRepository } from '../../publishing/versions/version.repository.js';
import { StoryService } from '../../stories/story.service.js';
import type { PublishImpactInput } from './move.inputs.js';
import { PlaythroughRepository, type LivePlaythrough } from './playthrough.repository.js';
import { Passages } from './relocation.js';
import { ReplacementService } from './replacement.service.js';
import { byNode } from './replacements.js';

/** How many playthroughs are looked at before other requests get their turn. */
const BATCH = 500;

/** How those who stand at one node are touched by a publication. */
export interface NodeImpact {
  readonly nodeId: number;
  /** What the node is called in the version that they read. */
  readonly key: string;
  readonly title: string;
  movable: number;
  /** How many of these at its replacement. */
  replaced: number;
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
    private readonly replacements: ReplacementService,
    private readonly playthroughs: PlaythroughRepository,
  ) {}

  async ofDraft(
    viewer: Viewer,
    storyId: number,
    { map = [] }: PublishImpactInput = {},
  ): Promise<Impact> {
    await this.stories.getInspectable(viewer, storyId);
    const draft = await this.drafts.load(storyId);
    const same = await this.versions.idsOfContent(storyId, contentHashOf(draft));
    const story = compile(draft);
    const replacements = byNode(
      await this.replacements.check(storyId, story, { map, path: 'input.map' }),
    );
    const passages = new Passages(this.published, story);
    const nodes = new Map<number, NodeImpact>();
    const impact = { playthroughs: 0, unaffected: 0, nodes };
    let batch: LivePlaythrough[];
    let after = 0;
    do {
      batch = await this.playthroughs.live(storyId, BATCH, after);
      for (const { versionId, state } of batch) {
        impact.playthroughs += 1;
        if (same.has(versionId)) {
          impact.unaffected += 1;
          continue;
        }
        const passage = await passages.from(versionId);
        note(nodes, passage.from, state, passage.move(state, { replacements }));
      }
      after = batch.at(-1)?.progressId ?? after;
    } while (batch.length === BATCH);
    return impact;
  }
}

function note(
  nodes: Map<number, NodeImpact>,
  from: CompiledStory,
  state: PlayState,
  outcome: Moved | Obstacle,
): void {
  const { id, key, title } = from.nodes[from.indexOfNode.get(state.node)!]!;
  const node: NodeImpact = nodes.get(id) ?? {
    nodeId: id,
    key,
    title,
    movable: 0,
    replaced: 0,
    obstacles: new Map<Obstacle, number>(),
    losses: new Set(),
  };
  nodes.set(id, node);
  if (typeof outcome === 'string') {
    node.obstacles.set(outcome, (node.obstacles.get(outcome) ?? 0) + 1);
    return;
  }
  node.movable += 1;
  if (outcome.state.node !== id) node.replaced += 1;
  // Attempts at puzzles that are gone are nothing that a reader has.
  for (const slot of outcome.lost)
    if (slot.kind !== 'attempts') node.losses.add(nameOfSlot(from, slot));
}
