import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';
import { keyOf, Player } from '../../support/player.js';

const HOLDINGS = `query ($storyId: ID!) { storyProgress(storyId: $storyId) {
  id step protagonist inventory { key name count } variables { name value } stats { key value }
  artifacts { key } endings { key }
  currentNode { key choices { text lockedReason puzzle attempts dice consequences toNode { key } } }
} }`;
const MAKE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) {
  consequences events { type text nodeId dice total success attemptsLeft kind name value }
  nextNode { key choices { text } } progress { step }
} }`;

describe('a story with rules', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let author: Author;
  beforeAll(async () => {
    talegraph = await startApp();
    const person = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(person, {
      nodes: {
        hall: ['cellar', 'vault', 'roof', 'riddle', 'lost', 'dial'],
        cellar: ['hall'],
        vault: [],
        roof: [],
        riddle: [],
        lost: [],
        dial: [],
      },
      published: false,
    });
    author = new Author(talegraph.client, person, story);
    await author.define({
      variables: [
        { name: 'gold', type: 'INT', initial: 1, max: 9, shown: true },
        { name: 'secret', type: 'INT', initial: 0 },
      ],
      items: [{ key: 'lamp', name: 'Lamp' }],
      stats: [{ key: 'agility', name: 'Agility', initial: 2 }],
      artifacts: [{ key: 'crown', name: 'Crown' }],
      endings: [{ key: 'rich', name: 'Rich' }],
      protagonists: [
        { key: 'thief', name: 'Thief' },
        { key: 'cat', name: 'Cat', stats: [{ name: 'agility', value: 30 }] },
      ],
    });
    await author.updateNode('cellar', {
      effects: [
        { op: 'GIVE', target: 'lamp' },
        { op: 'ADD', target: 'gold', value: 'gold + 5' },
        { op: 'ADD', target: 'secret', value: '7' },
        { op: 'AWARD', target: 'crown' },
      ],
    });
    await author.updateNode('vault', { ending: 'rich' });
    await author.updateChoice('hall', 'vault', { condition: '"lamp" in inventory && gold >= 3.5' });
    await author.updateChoice('hall', 'roof', {
      check: '2d6 + stats.agility >= 14',
      failToNodeId: story.node('lost'),
    });
    await author.updateChoice('hall', 'riddle', {
      puzzle: { kind: 'TEXT', answers: ['The Moon'], attempts: 2, hints: ['Look up.'] },
    });
    await author.updateChoice('hall', 'dial', {
      condition: 'stats.agility > 9',
      puzzle: { kind: 'NUMBER', answers: ['42'], attempts: 1 },
    });
    await author.addChoice('lost', { text: 'Again', toNodeId: story.node('hall') });
    await author.updateChoice('hall', 'lost', { condition: 'secret > 99', lockedText: 'No.' });
    await author.publish();
  });
  afterAll(() => talegraph.close());

  const play = async (protagonist?: string) => {
    const reader = await talegraph.factory.newReader();
    const player = new Player(talegraph.client, reader, story);
    const { id } = await player.start({ ...(protagonist && { protagonist }) } as object);
    const see = async () =>
      (await player.client.get(HOLDINGS, { storyId: story.id })).storyProgress;
    const make = async (step: number, to: string, answer?: string, from = 'hall') =>
      (
        await player.client.get(MAKE, {
          input: { ...player.input(id, step, [from, to]), answer },
        })
      ).makeChoice;
    return { player, id, see, make };
  };

  it('offers what is open, shows what is locked with its reason, and hides the rest', async () => {
    const { see } = await play();
    const { currentNode } = await see();
    expect(currentNode.choices).toEqual([
      expect.objectContaining({
        text: 'Go to cellar',
        lockedReason: null,
        toNode: { key: 'cellar' },
      }),
      expect.objectContaining({ text: 'Go to roof', dice: '2d6', toNode: null }),
      expect.objectContaining({ text: 'Go to riddle', puzzle: 'TEXT', attempts: 2, toNode: null }),
      expect.objectContaining({ text: 'Go to lost', lockedReason: 'No.' }),
    ]);
  });

  it('keeps items, variables, stats, artifacts; hidden variables never reach the reader', async () => {
    const { see, make } = await play();
    const { events } = await make(0, 'cellar');
    expect(events.filter(({ type }: any) => type === 'CHANGED')).toEqual(
      [
        ['ITEM', 'lamp', 1],
        ['VARIABLE', 'gold', 7],
        ['ARTIFACT', 'crown', true],
      ].map(([kind, name, value]) => expect.objectContaining({ kind, name, value })),
    );
    await make(1, 'hall', undefined, 'cellar');
    const seen = await see();
    expect(seen).toMatchObject({
      protagonist: 'thief',
      inventory: [{ key: 'lamp', name: 'Lamp', count: 1 }],
      variables: [{ name: 'gold', value: 7 }],
      stats: [{ key: 'agility', value: 2 }],
      artifacts: [{ key: 'crown' }],
      endings: [],
    });
    expect(seen.currentNode.choices.map(({ text }: any) => text)).toContain('Go to vault');
    await make(2, 'vault');
    expect((await see()).endings).toEqual([{ key: 'rich' }]);
  });

  it('refuses a locked choice with the author’s reason, and a hidden one as if it were not there', async () => {
    const { player, id } = await play();
    const locked = await player.refusal(id, 0, ['hall', 'lost']);
    expect([locked.extensions.code, locked.message]).toEqual(['CHOICE_LOCKED', 'No.']);
    const hidden = await player.refusal(id, 0, ['hall', 'vault']);
    expect(hidden.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.choiceId', message: 'is not a choice of that node' }],
    });
  });

  it('rolls dice once, however often and at once the choice is sent', async () => {
    const { make, see } = await play();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => make(0, 'roof')));
    const [first] = outcomes;
    for (const outcome of outcomes) expect(outcome).toEqual(first);
    const roll = first.events.find(({ type }: any) => type === 'DICE_ROLLED');
    expect(roll.dice).toHaveLength(2);
    const [one, other] = roll.dice as number[];
    expect(roll.total).toBe(one! + other! + 2);
    expect(roll.success).toBe(roll.total >= 14);
    expect(first.nextNode.key).toBe(roll.success ? 'roof' : 'lost');
    expect((await see()).step).toBe(1);
  });

  it('lets the protagonist’s stats decide', async () => {
    const { make } = await play('cat');
    expect((await make(0, 'roof')).nextNode.key).toBe('roof');
  });

  it('refuses a protagonist that the story does not have', async () => {
    const reader = await talegraph.factory.newReader();
    const { extensions } = await talegraph.client
      .as(reader.token)
      .fail(
        `mutation ($id: ID!) { startStory(storyId: $id, input: { protagonist: "dog" }) { id } }`,
        { id: story.id },
      );
    expect(extensions.fields).toEqual([
      { path: 'input.protagonist', message: 'must be one of thief, cat' },
    ]);
  });

  it('judges answers: a wrong one is a step of its own, told again alike, with hints and attempts', async () => {
    const { make, see, player, id } = await play();
    const wrong = await make(0, 'riddle', 'The sun');
    expect(wrong).toMatchObject({
      nextNode: { key: 'hall' },
      progress: { step: 1 },
      events: [{ type: 'ANSWER_JUDGED', success: false, attemptsLeft: 1, text: 'Look up.' }],
    });
    expect(await make(0, 'riddle', 'The sun')).toEqual(wrong);
    expect((await make(1, 'riddle', '  the  MOON ')).nextNode.key).toBe('riddle');
    expect((await see()).step).toBe(2);
    const rows = await talegraph.database.query(
      'SELECT seq, outcome FROM progress_steps WHERE progress_id = $1 ORDER BY seq',
      [keyOf(id)],
    );
    expect(rows).toEqual([
      { seq: 0, outcome: { answer: 'The sun' } },
      { seq: 1, outcome: { answer: '  the  MOON ' } },
    ]);
    expect(player.story).toBe(story);
  });

  it('closes a puzzle when its attempts are used up, and asks for an answer where there is none', async () => {
    const { make, player, id, see } = await play();
    const unanswered = await player.refusal(id, 0, ['hall', 'riddle']);
    expect(unanswered.extensions.fields).toEqual([
      { path: 'input.answer', message: 'this choice is a puzzle: give an answer' },
    ]);
    await make(0, 'riddle', 'x');
    await make(1, 'riddle', 'y');
    const closed = await player.refusal(id, 2, ['hall', 'riddle']);
    expect(closed.extensions.code).toBe('CHOICE_LOCKED');
    const { choices } = (await see()).currentNode;
    expect(choices.find(({ puzzle }: any) => puzzle).lockedReason).toBe(
      'All attempts at this puzzle are used up.',
    );
  });

  it.each(['a\0b', 'a\ud83d'])(
    'refuses an answer that cannot be kept, %j, and takes no step',
    async (answer) => {
      const { player, id, see } = await play();
      const input = { ...player.input(id, 0, ['hall', 'riddle']), answer };
      const { extensions } = await player.client.fail(MAKE, { input });
      expect(extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [
          {
            path: 'input.answer',
            message: 'must have no NUL character (U+0000), nor half of a surrogate pair',
          },
        ],
      });
      expect((await see()).step).toBe(0);
    },
  );

  it('refuses what is no number where one is asked for, and takes no step', async () => {
    const { make, player, id, see } = await play('cat');
    const input = { ...player.input(id, 0, ['hall', 'dial']), answer: 'fourty-two' };
    const { extensions } = await player.client.fail(MAKE, { input });
    expect(extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [
        {
          path: 'input.answer',
          message: 'must be a number, such as 7 or 2.5; no attempt was used up',
        },
      ],
    });
    expect((await see()).step).toBe(0);
    expect((await make(0, 'dial', '42,0')).nextNode.key).toBe('dial');
  });

  it('replays playthroughs that took such an answer before it was refused', async () => {
    const { make, id, player } = await play('cat');
    await make(0, 'dial', '41');
    await talegraph.database.query(
      `UPDATE progress_steps SET outcome = '{"answer":"fourty-two"}' WHERE progress_id = $1`,
      [keyOf(id)],
    );
    const { replay } = await player.client.get(
      'query ($id: ID!) { replay(progressId: $id) { isGenuine } }',
      { id },
    );
    expect(replay.isGenuine).toBe(true);
  });

  it('offers no choices at an ending, even where the author has left some', async () => {
    const { make, player } = await play('cat');
    const riddle = await make(0, 'riddle', 'the moon');
    expect(riddle.nextNode.choices).toEqual([]);
    const { storyNode } = await player.client.get(
      'query ($id: ID!) { storyNode(id: $id) { isEnding choices { text } } }',
      { id: story.node('lost') },
    );
    expect(storyNode).toEqual({ isEnding: true, choices: [] });
  });

  it('never tells readers answers, hints, seeds, hidden variables or what dice lead to', async () => {
    const reader = await talegraph.factory.newReader();
    const { startStory } = await talegraph.client.as(reader.token).get(
      `mutation ($id: ID!) { startStory(storyId: $id) { id
        variables { name value } story { nodes(first: 50) { nodes { content
          choices { text consequences dice puzzle attempts lockedReason toNode { key } } } } }
        currentNode { choices { text consequences dice puzzle toNode { key } } } } }`,
      { id: story.id },
    );
    const told = JSON.stringify(startStory);
    const [{ seed }] = await talegraph.database.query(
      'SELECT seed FROM user_progress WHERE progress_id = $1',
      [keyOf(startStory.id)],
    );
    for (const secret of ['Moon', 'Look up', 'secret', seed]) expect(told).not.toContain(secret);
    const hall = startStory.story.nodes.nodes.find(({ choices }: any) => choices.length > 1);
    expect(hall.choices.map(({ text, toNode }: any) => [text, toNode?.key ?? null])).toEqual([
      ['Go to cellar', 'cellar'],
      ['Go to roof', null],
      ['Go to riddle', null],
      ['Go to lost', 'lost'],
    ]);
  });

  it('takes no dice and no puzzles in a path that was played offline', async () => {
    const { player } = await play();
    const { extensions } = await player.saveRefusal(player.path(['hall', 'roof']), true);
    expect(extensions.fields).toEqual([
      {
        path: 'input.choicesMade.0.choiceId',
        message:
          'dice, puzzles and time limits are decided on the server: play this choice with makeChoice',
      },
    ]);
  });
});
