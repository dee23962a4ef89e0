import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../../../src/database/database.js';
import type { ChoiceDefinition, StoryDefinition } from '../../../../src/engine/core/definition.js';
import type { PlayState } from '../../../../src/engine/core/play.js';
import { encodeId } from '../../../../src/graphql/ids.js';
import { DraftContentRepository } from '../../../../src/nodes/drafts/draft-content.repository.js';
import { MoveRepository } from '../../../../src/progress/moves/move.repository.js';
import { Mover } from '../../../../src/progress/moves/mover.js';
import { ProgressStepEntity } from '../../../../src/progress/playthroughs/progress-step.entity.js';
import { ProgressEntity } from '../../../../src/progress/playthroughs/progress.entity.js';
import { replay, type Frame } from '../../../../src/progress/playthroughs/replay.js';
import { nodeAsOffered } from '../../../../src/progress/reading/offered-node.js';
import { ReplayService } from '../../../../src/progress/replays/replay.service.js';
import { SaveSlotService } from '../../../../src/progress/slots/save-slot.service.js';
import { PublishedStories } from '../../../../src/publishing/reader/published-stories.js';
import type { PublishedStory } from '../../../../src/publishing/reader/published-story.js';
import { PublishingService } from '../../../../src/publishing/versions/publishing.service.js';
import { startApp, type TestApp } from '../../../support/app.js';
import type { MadeStory, Person } from '../../../support/factory.js';
import { EDITS, type Stage } from './edits.js';
import { Edition, expectedMove } from './oracle.js';
import { RandomReader, seeded } from './population.js';
import { nodeOf, STORY } from './story.js';

const READERS = 200;
const SAMPLES = 4;
const LONGEST_PLAY = 200;
const A_DAY = 86_400_000;

const POLICIES = ['stay', 'move', 'move with map'] as const;
type Policy = (typeof POLICIES)[number];

/** All playthroughs at one moment, in order, each with its steps and what they come to when they are played again. */
interface Standing {
  readonly progress: ProgressEntity;
  readonly steps: readonly ProgressStepEntity[];
  readonly frames: readonly Frame[];
}

/** Undoes what a case has done. */
class Rollback extends Error {}

describe('saves survive', () => {
  let talegraph: TestApp;
  let person: Person;
  let story: MadeStory;
  const readers = new Map<number, RandomReader>();
  const editions = new Map<number, Edition>();
  let before: Standing[];

  beforeAll(async () => {
    talegraph = await startApp();
    const { app, factory } = talegraph;
    person = await factory.newAuthor();
    story = await factory.newStory(person, { nodes: {}, published: false });
    await app.get(DraftContentRepository).write(story.storyId, STORY);
    await app.get(PublishingService).publish(person.viewer, story.storyId);
    const random = seeded(4);
    for (let i = 0; i < READERS; i++) {
      const { viewer } = await factory.newReader();
      const reader = new RandomReader(app, viewer, random);
      readers.set(viewer.userId, reader);
      const protagonist = i % 2 === 0 ? 'thief' : 'scholar';
      const mayEnd = i % 6 === 0;
      const steps = mayEnd ? 40 : i % 14;
      await reader.wander(story.storyId, { steps, protagonist, mayEnd, waits: i % 4 < 2 });
    }
    await expireClocks();
    before = await standings();
    editions.set(before[0]!.progress.versionId, new Edition(STORY));
  }, 120_000);
  afterAll(() => talegraph.close());

  /** Time has run out for all who are waited for but one: all that they did was that much earlier. */
  async function expireClocks(): Promise<void> {
    const database = talegraph.app.get(Database);
    const waiting = await database.query<{ id: number }>(
      `UPDATE user_progress
       SET start_time = start_time - interval '1 day',
         state = jsonb_set(state, '{enteredAt}', to_jsonb((state ->> 'enteredAt')::bigint - $1::bigint))
       WHERE state ? 'enteredAt'
         AND progress_id > (SELECT min(progress_id) FROM user_progress WHERE state ? 'enteredAt')
       RETURNING progress_id AS id`,
      [A_DAY],
    );
    await database.query(
      `UPDATE progress_steps SET outcome = jsonb_set(outcome, '{now}', to_jsonb((outcome ->> 'now')::bigint - $2::bigint))
       WHERE outcome ? 'now' AND progress_id = ANY($1)`,
      [waiting.map(({ id }) => id), A_DAY],
    );
  }

  /** The choice that has made itself by now, if the reader stands where one has. */
  function expiredChoice({ versionId, state }: ProgressEntity): ChoiceDefinition | undefined {
    const timed = editions
      .get(versionId)!
      .node(state.node)!
      .choices.find(({ after }) => after !== undefined);
    const isOver = (state.enteredAt ?? Infinity) + (timed?.after ?? 0) * 1000 < Date.now();
    return isOver ? timed : undefined;
  }

  async function standings(): Promise<Standing[]> {
    const { manager } = talegraph.app.get(Database);
    const rows = await manager.find(ProgressEntity, { order: { progressId: 'ASC' } });
    const steps = Map.groupBy(
      await manager.find(ProgressStepEntity, { order: { progressId: 'ASC', seq: 'ASC' } }),
      ({ progressId }) => progressId,
    );
    const versions = [...new Set([...editions.keys(), ...rows.map(({ versionId }) => versionId)])];
    const stories = new Map<number, PublishedStory>();
    for (const id of versions) stories.set(id, await talegraph.app.get(PublishedStories).get(id));
    return rows.map((progress) => {
      const made = steps.get(progress.progressId) ?? [];
      return { progress, steps: made, frames: replay(stories, progress, made) };
    });
  }

  /** Publishes an edit. @returns what came of it, for everybody */
  async function publish(policy: Policy, { edit, map }: Stage, draft: StoryDefinition) {
    const { app } = talegraph;
    const edited = edit(draft);
    await app.get(DraftContentRepository).write(story.storyId, edited);
    const nodes = Object.entries(map).map(([from, to]) => [
      nodeOf(draft, from),
      nodeOf(edited, to),
    ]);
    const { publishedVersionId } = await app
      .get(PublishingService)
      .publish(person.viewer, story.storyId, {
        publishAnyway: true,
        readers: {
          move: policy !== 'stay',
          ...(policy === 'move with map' && {
            map: nodes.map(([from, to]) => ({
              fromNodeId: encodeId('node', from!.id),
              toNodeId: encodeId('node', to!.id),
            })),
          }),
        },
      });
    editions.set(publishedVersionId!, new Edition(edited));
    const [move] = await app.get(MoveRepository).findPage(story.storyId, 1);
    if (move?.versionId === publishedVersionId)
      await app.get(Mover).run(move.moveId, new AbortController().signal);
    return {
      edited,
      versionId: publishedVersionId!,
      replacements: new Map(
        policy === 'move with map' ? nodes.map(([from, to]) => [from!.id, to!.id]) : [],
      ),
    };
  }

  /** Whether each playthrough is where the oracle says. @returns how many were moved, and why others were not */
  function compare(
    policy: Policy,
    [earlier, later]: readonly [readonly Standing[], readonly Standing[]],
    { versionId, replacements }: { versionId: number; replacements: ReadonlyMap<number, number> },
  ) {
    const tally: { moved: number; [obstacle: string]: number } = { moved: 0 };
    expect(later).toHaveLength(READERS);
    for (const [i, { progress, steps, frames }] of later.entries()) {
      const was = earlier[i]!;
      const from = editions.get(was.progress.versionId)!;
      const to = editions.get(versionId)!;
      const isAsked = policy !== 'stay' && !was.progress.isCompleted;
      const expected = isAsked
        ? expectedMove(from, to, was.progress.state, replacements)
        : undefined;
      if (typeof expected === 'object') {
        tally.moved += 1;
        expectMoved(was, { progress, steps, frames }, expected, versionId);
      } else {
        if (expected !== undefined) tally[expected] = (tally[expected] ?? 0) + 1;
        expect({ progress, steps }).toEqual({ progress: was.progress, steps: was.steps });
      }
    }
    return tally;
  }

  function expectMoved(
    { progress: was, steps, frames }: Standing,
    now: Standing,
    expected: PlayState,
    versionId: number,
  ): void {
    const { enteredAt, ...state } = now.progress.state;
    expect(state).toEqual(expected);
    const isTimed = editions
      .get(versionId)!
      .node(state.node)!
      .choices.some(({ after }) => after !== undefined);
    // The clock starts anew for those too whose time was out.
    expect(enteredAt).toEqual(isTimed ? expect.any(Number) : undefined);
    expect(expiredChoice(now.progress)).toBeUndefined();
    expect(now.progress).toEqual({
      ...was,
      versionId,
      firstVersionId: was.firstVersionId ?? was.versionId,
      movedAt: expect.any(Date),
      currentNodeId: state.node,
      state: now.progress.state,
      step: was.step + 1,
    });
    expect(now.steps.slice(0, -1)).toEqual(steps);
    expect(now.steps.at(-1)).toMatchObject({
      choiceId: null,
      nodeId: was.currentNodeId,
      toNodeId: state.node,
      outcome: { moved: { from: was.versionId, to: versionId } },
    });
    // The path still tells what it told before, in the words of the version that it was taken in.
    expect(now.frames.slice(0, -1).every((frame, i) => isSame(frame, frames[i]!))).toBe(true);
  }

  const isSame = (one: Frame, other: Frame) =>
    one.story === other.story &&
    isDeepStrictEqual(one.state, other.state) &&
    isDeepStrictEqual(one.events, other.events);

  /** Everybody can be read, is proved by a replay, and stands at an ending or can come to one. */
  function expectPlayable(all: readonly Standing[]): void {
    for (const { progress, frames } of all) {
      const { story: version, state } = frames.at(-1)!;
      expect(version.versionId).toBe(progress.versionId);
      expect(state).toEqual(progress.state);
      const node = nodeAsOffered({ story: version, nodes: version.nodes }, progress.state);
      expect(node.isEnding).toBe(progress.isCompleted);
      expect(editions.get(progress.versionId)!.canEnd(progress.state)).toBe(true);
    }
  }

  /** Some load what they have saved, and all of them play on, by the services that the API calls. */
  async function playOn(all: readonly Standing[]): Promise<void> {
    const { app } = talegraph;
    for (const { progress } of all) {
      const reader = readers.get(progress.userId)!;
      const slots = await app.get(SaveSlotService).list(reader.viewer, story.storyId);
      let current = progress;
      for (const slot of slots) {
        current = await app.get(SaveSlotService).load(reader.viewer, slot.slotId);
        expect(current.currentNodeId).toBe(slot.nodeId);
        expect(current.state).toMatchObject(stateAt(progress.progressId, slot.step));
      }
      for (let i = 0; i < LONGEST_PLAY && !current.isCompleted; i++) {
        const expired = expiredChoice(current);
        current = await reader.choose(current, (id) =>
          editions.get(current.versionId)!.leadsOn(current.state, id),
        );
        if (expired !== undefined) expect(current.currentNodeId).toBe(expired.to);
      }
      expect(current.isCompleted).toBe(true);
      const { isGenuine } = await app.get(ReplayService).replay(reader.viewer, progress.progressId);
      expect(isGenuine).toBe(true);
    }
  }

  /** What a playthrough held before a step of version 1, but for the clock, which starts anew. */
  function stateAt(progressId: number, step: number): object {
    const { frames } = before.find(({ progress }) => progress.progressId === progressId)!;
    const { enteredAt: _, ...state } = frames[step]!.state;
    return state;
  }

  it('of 200 readers, who stand at most nodes, hold things, have saved, gone back, failed and finished', () => {
    const nodes = new Set(before.map(({ progress }) => progress.state.node));
    expect(nodes.size).toBeGreaterThanOrEqual(STORY.nodes.length - 1);
    const count = (is: (standing: Standing) => boolean) => before.filter(is).length;
    const facts = {
      completed: count(({ progress }) => progress.isCompleted),
      rolled: count(({ progress }) => progress.state.roll !== undefined),
      timed: count(({ progress }) => progress.state.enteredAt !== undefined),
      late: count(({ progress }) => expiredChoice(progress) !== undefined),
      puzzled: count(({ progress }) => Object.keys(progress.state.attempts ?? {}).length > 0),
      wentBack: count(({ steps }) => steps.some(({ outcome }) => outcome?.back !== undefined)),
      named: count(({ steps }) => steps.some(({ outcome }) => outcome?.set !== undefined)),
      scholars: count(({ progress }) => progress.state.protagonist === 'scholar'),
    };
    for (const many of Object.values(facts)) expect(many).toBeGreaterThan(4);
    expectPlayable(before);
  });

  describe.each(EDITS)('where %s', (_, stages) => {
    it.each(POLICIES)('and readers %s', async (policy) => {
      const work = async () => {
        let draft = STORY;
        let earlier: readonly Standing[] = before;
        for (const stage of stages) {
          const published = await publish(policy, stage, draft);
          const later = await standings();
          const { moved, ...obstacles } = compare(policy, [earlier, later], published);
          const [move] = await talegraph.app.get(MoveRepository).findPage(story.storyId, 1);
          if (policy === 'stay') expect(move).toBeUndefined();
          else expect(move).toMatchObject({ status: 'done', moved, obstacles, failed: 0 });
          expectPlayable(later);
          earlier = later;
          draft = published.edited;
        }
        const first = EDITS.findIndex(([, each]) => each === stages) * SAMPLES;
        const late = before.flatMap(({ progress }, i) => (expiredChoice(progress) ? i : []));
        const places = Array.from({ length: SAMPLES }, (__, i) => (first + i * 7) % READERS);
        const samples = new Set([...places, late[first % late.length]!]);
        await playOn(Array.from(samples, (place) => earlier[place]!));
        throw new Rollback();
      };
      const undone = talegraph.app.get(Database).transaction(work);
      await expect(undone).rejects.toThrow(Rollback);
    });
  });
});
