import type { INestApplicationContext } from '@nestjs/common';
import { closed } from '../../../../src/engine/core/machine.js';
import { readMemory } from '../../../../src/engine/core/state.js';
import { encodeId } from '../../../../src/graphql/ids.js';
import type { Viewer } from '../../../../src/graphql/viewer.js';
import { ChangeService } from '../../../../src/progress/changes/change.service.js';
import { ChoiceService } from '../../../../src/progress/playthroughs/choice.service.js';
import { PlayService } from '../../../../src/progress/playthroughs/play.service.js';
import type { ProgressEntity } from '../../../../src/progress/playthroughs/progress.entity.js';
import { SaveSlotService } from '../../../../src/progress/slots/save-slot.service.js';
import { PublishedStories } from '../../../../src/publishing/reader/published-stories.js';
import { STORY } from './story.js';

/** Random numbers, the same in every run. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

/** The choices of version 1 that lead to an ending. */
const ENDS = new Set(
  STORY.nodes.flatMap(({ choices }) =>
    choices
      .filter(({ to }) => STORY.nodes.some(({ id, type }) => id === to && type === 'ending'))
      .map(({ id }) => id),
  ),
);

/** The nodes of version 1 where a choice makes itself. */
const TIMED = new Set(
  STORY.nodes
    .filter(({ choices }) => choices.some(({ after }) => after !== undefined))
    .map(({ id }) => id),
);

/** A reader who plays by chance, by the services that the API calls. */
export class RandomReader {
  readonly #play: PlayService;
  readonly #choices: ChoiceService;
  readonly #changes: ChangeService;
  readonly #saves: SaveSlotService;
  readonly #published: PublishedStories;

  constructor(
    app: INestApplicationContext,
    readonly viewer: Viewer,
    private readonly random: (below: number) => number,
  ) {
    this.#play = app.get(PlayService);
    this.#choices = app.get(ChoiceService);
    this.#changes = app.get(ChangeService);
    this.#saves = app.get(SaveSlotService);
    this.#published = app.get(PublishedStories);
  }

  /** Plays for so many steps, with a save, a change of mind or a new name now and then. @param waits where a choice makes itself */
  async wander(
    storyId: number,
    {
      steps,
      protagonist,
      mayEnd,
      waits,
    }: { steps: number; protagonist: string; mayEnd: boolean; waits: boolean },
  ): Promise<ProgressEntity> {
    let progress = await this.#play.start(this.viewer, storyId, { protagonist });
    for (let i = 0; i < steps && !progress.isCompleted; i++) {
      const { progressId, step } = progress;
      if (waits && TIMED.has(progress.state.node)) break;
      const whim = this.random(10);
      if (whim === 0 && progress.state.turn > 0) {
        progress = await this.#changes.undo(this.viewer, progressId, { step, choices: 1 });
      } else if (whim === 1) {
        const variables = [{ name: 'name', value: `reader ${this.random(100)}` }];
        progress = await this.#changes.setVariables(this.viewer, progressId, { step, variables });
      } else if (whim === 2) {
        const id = encodeId('progress', progressId);
        await this.#saves.save(this.viewer, { progressId: id, name: `save ${this.random(3)}` });
      } else progress = await this.choose(progress, (id) => mayEnd || !ENDS.has(id));
    }
    return progress;
  }

  /** Makes one of the choices that are open. @param wants says which it would rather make */
  async choose(
    progress: ProgressEntity,
    wants: (choiceId: number) => boolean,
  ): Promise<ProgressEntity> {
    const { graph } = await this.#published.get(progress.versionId);
    const node = graph.indexOfNode.get(progress.state.node)!;
    const memory = readMemory(graph, progress.state);
    const possible = graph.nodes[node]!.choices.filter(
      (_, place) => closed(graph, memory, graph.firstChoice[node]! + place) === undefined,
    );
    const wanted = possible.filter(({ id }) => wants(id));
    const open = wanted.length > 0 ? wanted : possible;
    const choice = open[this.random(open.length)];
    if (choice === undefined) throw new Error(`No way on from ${progress.state.node}.`);
    const isRight = this.random(2) === 0;
    const outcome = await this.#choices.choose(this.viewer, {
      progressId: encodeId('progress', progress.progressId),
      currentNodeId: encodeId('node', progress.state.node),
      choiceId: encodeId('choice', choice.id),
      step: progress.step,
      answer: choice.puzzle ? (isRight ? choice.puzzle.answers[0]! : '-1') : null,
    });
    return outcome.progress;
  }
}
