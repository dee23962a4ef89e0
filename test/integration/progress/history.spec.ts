import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';
import { keyOf } from '../../support/player.js';
import { Playthrough } from '../../support/playthrough.js';

const DECLARED = {
  variables: [
    { name: 'gold', type: 'INT', initial: 1, min: 0, max: 9, shown: true },
    { name: 'name', type: 'STRING', initial: 'Nobody', shown: true, readerWritable: true },
    { name: 'luck', type: 'INT', initial: 1, max: 3, shown: true, readerWritable: true },
    { name: 'fate', type: 'INT', initial: 2 },
  ],
  protagonists: [
    { key: 'thief', name: 'Thief' },
    { key: 'cat', name: 'Cat', variables: [{ name: 'gold', value: 7 }] },
  ],
};

describe('a playthrough', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    story = await newStory({ ...DECLARED, allowUndo: true });
  });
  afterAll(() => talegraph.close());

  /** A hall with a cellar of gold, a dice check, a riddle, and an end. */
  async function newStory(declared: object): Promise<MadeStory> {
    const person = await talegraph.factory.newAuthor();
    const made = await talegraph.factory.newStory(person, {
      nodes: {
        hall: ['cellar', 'dice', 'end'],
        cellar: ['hall'],
        dice: ['hall'],
        lost: ['hall'],
        end: [],
      },
      published: false,
    });
    const author = new Author(talegraph.client, person, made);
    await author.define(declared);
    await author.updateNode('cellar', { effects: [{ op: 'ADD', target: 'gold', value: '2' }] });
    await author.updateChoice('hall', 'dice', {
      check: '3d6 + fate >= 12',
      failToNodeId: made.node('lost'),
    });
    await author.addChoice('lost', { text: 'On', toNodeId: made.node('end') });
    await author.publish();
    return made;
  }

  const begin = (protagonist?: string) => Playthrough.begin(talegraph, story, protagonist);
  const gold = ({ variables }: any) => variables.find(({ name }: any) => name === 'gold').value;
  const stored = (text: string, id: string): Promise<any[]> =>
    talegraph.database.query(text, [keyOf(id)]);

  describe('goes back', () => {
    it('by a choice, with all that it brought', async () => {
      const play = await begin();
      await play.choose(0, 'hall', 'cellar');
      await play.choose(1, 'cellar', 'hall');
      const back = await play.do('undo', { input: { step: 2 } });
      expect(back).toMatchObject({ step: 3, currentNode: { key: 'cellar' }, canUndo: true });
      expect(gold(back)).toBe(3);
      expect(back.choicesMade).toMatchObject({ totalCount: 1, nodes: [{ step: 0 }] });
      const start = await play.do('undo', { input: { step: 3 } });
      expect([start.currentNode.key, gold(start), start.canUndo]).toEqual(['hall', 1, false]);
      expect(await play.do('replay')).toMatchObject({
        isGenuine: true,
        steps: {
          nodes: [
            { kind: 'START' },
            { kind: 'CHOICE' },
            { kind: 'CHOICE' },
            { kind: 'BACK' },
            { kind: 'BACK' },
          ],
        },
      });
    });

    it('by several choices, also past an earlier step back', async () => {
      const play = await begin();
      await play.choose(0, 'hall', 'cellar');
      await play.choose(1, 'cellar', 'hall');
      await play.do('undo', { input: { step: 2 } });
      await play.choose(3, 'cellar', 'hall');
      await play.choose(4, 'hall', 'cellar');
      const back = await play.do('undo', { input: { step: 5, choices: 2 } });
      expect([back.currentNode.key, gold(back)]).toEqual(['cellar', 3]);
      expect(back.choicesMade.nodes.map(({ step }: any) => step)).toEqual([0]);
      const refusal = await play.refuses('undo', { input: { step: 6, choices: 2 } });
      expect(refusal.extensions.fields).toEqual([
        { path: 'input.choices', message: 'there are only 1 choices to take back' },
      ]);
    });

    it('once, however often the call is sent, and not past another step', async () => {
      const play = await begin();
      await play.choose(0, 'hall', 'cellar');
      await play.choose(1, 'cellar', 'hall');
      const once = await play.do('undo', { input: { step: 2 } });
      expect(await play.do('undo', { input: { step: 2 } })).toEqual(once);
      const late = await play.refuses('undo', { input: { step: 1 } });
      const early = await play.refuses('undo', { input: { step: 9 } });
      expect([late, early].map(({ extensions }) => extensions.code)).toEqual([
        'CONFLICT',
        'CONFLICT',
      ]);
    });

    it('to the same dice', async () => {
      const play = await begin();
      const first = await play.choose(0, 'hall', 'dice');
      await play.do('undo', { input: { step: 1 } });
      const second = await play.choose(2, 'hall', 'dice');
      expect(second.events.find(({ type }: any) => type === 'DICE_ROLLED')).toEqual(
        first.events.find(({ type }: any) => type === 'DICE_ROLLED'),
      );
    });

    it('from an ending, which stays found', async () => {
      const play = await begin();
      await play.choose(0, 'hall', 'end');
      const back = await play.do('undo', { input: { step: 1 } });
      expect([back.isCompleted, back.currentNode.key]).toEqual([false, 'hall']);
      await talegraph.counted();
      const { userStats } = await play.player.client.get(
        '{ userStats { storiesCompleted endingsFound totalChoicesMade } }',
      );
      expect(userStats).toEqual({ storiesCompleted: 1, endingsFound: 1, totalChoicesMade: 1 });
    });

    it('only where the author lets readers', async () => {
      const play = await Playthrough.begin(talegraph, await newStory(DECLARED));
      await play.choose(0, 'hall', 'cellar');
      expect((await play.do('see')).canUndo).toBe(false);
      const { extensions } = await play.refuses('undo', { input: { step: 1 } });
      expect(extensions.code).toBe('FORBIDDEN');
    });
  });

  describe('takes variables from its reader', () => {
    const set = (step: number, ...values: [string, unknown][]) => ({
      input: { step, variables: values.map(([name, value]) => ({ name, value })) },
    });

    it('and keeps them, once', async () => {
      const play = await begin();
      const call = set(0, ['name', 'Ada'], ['luck', 3]);
      const after = await play.do('setVariables', call);
      expect(after.step).toBe(1);
      expect(after.variables).toEqual(
        expect.arrayContaining([
          { name: 'name', value: 'Ada' },
          { name: 'luck', value: 3 },
        ]),
      );
      expect(await play.do('setVariables', call)).toEqual(after);
      const other = await play.refuses('setVariables', set(0, ['name', 'Eve']));
      expect(other.extensions.code).toBe('CONFLICT');
      expect((await play.do('replay')).isGenuine).toBe(true);
    });

    it('unless they are not the reader’s to set, of another type or out of bounds; all at once', async () => {
      const play = await begin();
      const { extensions } = await play.refuses(
        'setVariables',
        set(0, ['gold', 9], ['name', 4], ['luck', 4], ['fate', 1]),
      );
      expect(extensions.fields).toEqual([
        {
          path: 'input.variables.0',
          message: 'readers may not set gold; they may set name, luck',
        },
        { path: 'input.variables.1', message: 'must be a text' },
        { path: 'input.variables.2', message: expect.stringMatching(/^must lie from .* to 3$/) },
        {
          path: 'input.variables.3',
          message: 'readers may not set fate; they may set name, luck',
        },
      ]);
      expect((await play.do('see')).step).toBe(0);
    });
  });

  describe('is saved', () => {
    it('under a name, and loaded again, backwards and forwards', async () => {
      const play = await begin();
      await play.choose(0, 'hall', 'cellar');
      const early = await play.do('saveGame', { input: { progressId: play.id, name: 'Early' } });
      expect(early).toMatchObject({ name: 'Early', step: 1, progressId: play.id });
      await play.choose(1, 'cellar', 'hall');
      await play.choose(2, 'hall', 'cellar');
      const late = await play.do('saveGame', { input: { progressId: play.id, name: 'Late' } });
      expect((await play.do('saveSlots')).map(({ name }: any) => name)).toEqual(['Late', 'Early']);
      const back = await play.do('loadGame', { id: early.id });
      expect([gold(back), back.choicesMade.totalCount]).toEqual([3, 1]);
      const forth = await play.do('loadGame', { id: late.id });
      expect([gold(forth), forth.choicesMade.totalCount]).toEqual([5, 3]);
      expect(forth.choicesMade.nodes.map(({ step }: any) => step)).toEqual([0, 1, 2]);
      expect((await play.do('replay')).isGenuine).toBe(true);
    });

    it('over a save of the same name', async () => {
      const play = await begin();
      const input = { progressId: play.id, name: 'Here' };
      const first = await play.do('saveGame', { input });
      await play.choose(0, 'hall', 'cellar');
      expect(await play.do('saveGame', { input })).toMatchObject({ id: first.id, step: 1 });
      await play.do('deleteSave', { id: first.id });
      expect(await play.do('saveSlots')).toEqual([]);
      const gone = await play.refuses('loadGame', { id: first.id });
      expect(gone.extensions.code).toBe('NOT_FOUND');
    });

    it('as often as the configuration lets', async () => {
      const play = await begin();
      const save = (name: string) => ({ input: { progressId: play.id, name } });
      for (let i = 1; i <= 20; i++) await play.do('saveGame', save(`${i}`));
      const { extensions, message } = await play.refuses('saveGame', save('One more'));
      expect([extensions.code, message]).toEqual([
        'CONFLICT',
        'You have 20 saves of this story, and there can be no more: delete one, or save under a name that is there.',
      ]);
      await play.do('saveGame', save('20'));
    });

    it('and refused where the steps on record were tampered with', async () => {
      const play = await begin();
      await play.choose(0, 'hall', 'cellar');
      const { id } = await play.do('saveGame', { input: { progressId: play.id, name: 'Mine' } });
      await play.choose(1, 'cellar', 'hall');
      await stored(
        'UPDATE progress_steps SET choice_id = 999999 WHERE progress_id = $1 AND seq = 0',
        play.id,
      );
      expect((await play.refuses('loadGame', { id })).extensions.code).toBe('CONFLICT');
      expect(await play.do('replay')).toMatchObject({ isGenuine: false, steps: { totalCount: 0 } });
    });
  });

  describe('is replayed', () => {
    it('for its reader and for administrators, dice and all', async () => {
      const play = await begin('cat');
      const { events } = await play.choose(0, 'hall', 'dice');
      const replayed = await play.do('replay');
      expect(replayed.isGenuine).toBe(true);
      expect(replayed.steps.nodes[1].events).toEqual(
        events.map(({ type, total }: any) => ({ type, total })),
      );
      const admin = talegraph.client.as((await talegraph.factory.newAdmin()).token);
      const { replay } = await admin.get(
        'query ($id: ID!) { replay(progressId: $id) { isGenuine } }',
        { id: play.id },
      );
      expect(replay.isGenuine).toBe(true);
    });

    it('as not genuine where its state was tampered with', async () => {
      const play = await begin();
      await play.choose(0, 'hall', 'cellar');
      await stored(
        `UPDATE user_progress SET state = jsonb_set(state, '{variables,gold}', '9') WHERE progress_id = $1`,
        play.id,
      );
      expect((await play.do('replay')).isGenuine).toBe(false);
    });
  });

  it('does not tell what is added to dice from a hidden variable', async () => {
    const { events } = await (await begin()).choose(0, 'hall', 'dice');
    const roll = events.find(({ type }: any) => type === 'DICE_ROLLED');
    expect(roll.dice).toHaveLength(3);
    expect(roll.total).toBeNull();
  });

  it('rolls dice beside the story', async () => {
    const play = await begin();
    const roll = await play.do('rollDice', { input: { progressId: play.id, dice: '3d6 + 2' } });
    expect(roll.dice).toHaveLength(3);
    expect(roll.total).toBe(roll.dice.reduce((sum: number, die: number) => sum + die, 2));
    expect((await play.do('see')).step).toBe(0);
    const { extensions } = await play.refuses('rollDice', {
      input: { progressId: play.id, dice: '3d6 * 2' },
    });
    expect(extensions.fields).toMatchObject([{ path: 'input.dice', line: 1, column: 4 }]);
  });

  describe('that was played offline', () => {
    it('goes on as its protagonist', async () => {
      const play = await begin('cat');
      const { player } = play;
      const saved = await player.save(player.path(['hall', 'cellar'], ['cellar', 'hall']));
      expect(saved).toMatchObject({ id: play.id, step: 2 });
      expect(gold(await play.do('see'))).toBe(9);
      expect((await play.do('replay')).isGenuine).toBe(true);
    });

    it('goes on after dice that the server rolled', async () => {
      const play = await begin();
      const { nextNode } = await play.choose(0, 'hall', 'dice');
      const { player } = play;
      const path = player.path(['hall', 'dice'], [nextNode.key, 'hall']);
      expect(await player.save(path)).toMatchObject({ id: play.id, step: 2 });
      expect((await play.do('replay')).isGenuine).toBe(true);
    });
  });

  it('refuses another answer on a step that is made', async () => {
    const play = await begin();
    const input = play.player.input(play.id, 0, ['hall', 'cellar']);
    await play.do('makeChoice', { input });
    const { extensions } = await play.refuses('makeChoice', { input: { ...input, answer: 'x' } });
    expect(extensions.code).toBe('CONFLICT');
  });

  it('offers whom to play', async () => {
    const { story: found } = await talegraph.client.get(
      'query ($id: ID!) { story(id: $id) { protagonists { key name description } } }',
      { id: story.id },
    );
    expect(found.protagonists).toEqual([
      { key: 'thief', name: 'Thief', description: null },
      { key: 'cat', name: 'Cat', description: null },
    ]);
  });
});
