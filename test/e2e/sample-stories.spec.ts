import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleStories } from '../../seeds/sample-story.js';
import { Seeder } from '../../seeds/seeder.js';
import { prove, type Proof } from '../../src/engine/core/prover/prove.js';
import type { Witness, WitnessStep } from '../../src/engine/core/prover/witness.js';
import { compile, type CompiledStory } from '../../src/engine/core/story.js';
import { DraftDefinitionRepository } from '../../src/engine/draft-definition.repository.js';
import { encodeId } from '../../src/graphql/ids.js';
import { StoryRepository } from '../../src/stories/story.repository.js';
import { startApp, type TestApp } from '../support/app.js';
import type { GraphqlClient } from '../support/graphql-client.js';

const START = `mutation ($storyId: ID!, $input: StartStoryInput) {
  startStory(storyId: $storyId, input: $input) { id step currentNode { id } } }`;
const CHOOSE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) {
  progress { step isCompleted currentNode { id contentHtml } endings { key } } events { type success } } }`;

/** How often a way whose dice must fall in some way is tried: each try has a seed of its own. */
const MOST_TRIES = 60;

describe.each(sampleStories().map(({ slug, title }) => [title, slug] as const))(
  'a reader of %s',
  (_, slug) => {
    let talegraph: TestApp;
    let reader: GraphqlClient;
    let storyId: number;
    let story: CompiledStory;
    let proof: Proof;
    beforeAll(async () => {
      talegraph = await startApp();
      await talegraph.app.get(Seeder).seedStories();
      storyId = (await talegraph.app.get(StoryRepository).findBySlug(slug))!.storyId;
      story = compile(await talegraph.app.get(DraftDefinitionRepository).load(storyId));
      proof = prove(story);
      reader = talegraph.client.as((await talegraph.factory.newReader()).token);
    });
    afterAll(() => talegraph.close());

    function answerTo(choiceId: number, kind: 'right' | 'wrong') {
      const puzzle = story.choices.find(({ id }) => id === choiceId)!.puzzle!;
      if (kind === 'right') return puzzle.answers[0];
      return puzzle.kind === 'number' ? '-1' : '?';
    }

    /** Whether a step's dice must succeed; undefined where there are none, or it does not matter. */
    function mustSucceed(step: WitnessStep, next: number | undefined): boolean | undefined {
      if ('set' in step || step.dice === undefined || next === undefined) return undefined;
      const index = story.choices.findIndex(({ id }) => id === step.choice);
      return story.target[index] === next;
    }

    /** Plays a way as the API lets a reader. @returns where it ends, or undefined when dice fell otherwise */
    async function played({ protagonist, steps }: Witness, way: readonly number[]) {
      const { startStory } = await reader.get(START, {
        storyId: encodeId('story', storyId),
        input: { restart: true, protagonist },
      });
      let progress = startStory;
      for (const [i, step] of steps.entries()) {
        if ('set' in step) throw new Error('No sample needs its reader to set anything.');
        const { makeChoice } = await reader.get(CHOOSE, {
          input: {
            progressId: startStory.id,
            step: progress.step,
            currentNodeId: progress.currentNode.id,
            choiceId: encodeId('choice', step.choice),
            answer: step.answer && answerTo(step.choice, step.answer),
          },
        });
        const roll = makeChoice.events.find(({ type }: any) => type === 'DICE_ROLLED');
        const wanted = mustSucceed(step, way[i]);
        if (wanted !== undefined && roll.success !== wanted) return undefined;
        progress = makeChoice.progress;
      }
      return progress;
    }

    /** Tries until the dice fall as the way needs them. */
    async function playedAtLast(witness: Witness, way: readonly number[]): Promise<any> {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const arrived = await played(witness, way);
        if (arrived !== undefined) return arrived;
      }
      throw new Error(`The dice never fell as they had to in ${MOST_TRIES} tries.`);
    }

    it('can make every choice that there is, wrong answers, failed rolls and all', async () => {
      // Stories without rules have their ways to all endings, below; choices there are all alike.
      const choices = story.schema.variables === undefined ? [] : proof.choices;
      for (const [index, verdict] of choices.entries()) {
        if (verdict.status !== 'reachable') throw new Error(`No way to choice ${index}.`);
        const { witness } = verdict;
        await playedAtLast(witness, nodesOf(story, witness));
      }
      expect(proof.choices.every(({ status }) => status === 'reachable')).toBe(true);
    }, 120_000);

    it('comes to every ending that is proved to be reachable, by the way that the proof shows', async () => {
      const endings = story.nodes.flatMap(({ type }, index) => (type === 'ending' ? [index] : []));
      expect(endings.length).toBeGreaterThan(3);
      for (const ending of endings) {
        const verdict = proof.nodes[ending]!;
        if (verdict.status !== 'reachable')
          throw new Error(`No way to ${story.nodes[ending]!.key}.`);
        const { witness } = verdict;
        const way = nodesOf(story, witness, ending);
        const arrived = await playedAtLast(witness, way);
        const { id, ending: collected } = story.nodes[ending]!;
        expect(arrived).toMatchObject({
          isCompleted: true,
          currentNode: { id: encodeId('node', id) },
          endings: collected === undefined ? [] : expect.arrayContaining([{ key: collected }]),
        });
        expect(arrived.currentNode.contentHtml).not.toMatch(/\{\{|\{%/);
      }
    }, 120_000);
  },
);

/** By step of a way: the index of the node that it comes to. A step leads from the node of the next one's choice. */
const nodesOf = (story: CompiledStory, { steps }: Witness, ...last: number[]): number[] => {
  const froms = steps.map((step) =>
    'set' in step ? -1 : story.source[story.choices.findIndex(({ id }) => id === step.choice)]!,
  );
  return [...froms.slice(1), ...last];
};
