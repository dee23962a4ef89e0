import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import { MAKE_CHOICE } from '../../support/player.js';
import { Playthrough } from '../../support/playthrough.js';

const STANDING = `query ($storyId: ID!) { storyProgress(storyId: $storyId) {
  step movedAt lastUpdated version { number } currentNode { key title } variables { name value }
  choicesMade { totalCount nodes { step nodeId choiceId } } } }`;
const TO_LATEST = `mutation ($id: ID!) { moveToLatest(progressId: $id) {
  step movedAt version { number } currentNode { key } } }`;
const REPLAY = `query ($id: ID!) { replay(progressId: $id) {
  isGenuine steps(first: 50) { nodes { step kind versionId nodeId nodeTitle choiceText } } } }`;
const MOVE = `mutation ($id: ID!, $input: MovePlaythroughsInput) { movePlaythroughs(storyId: $id, input: $input) { id status moved } }`;

describe('readers of a story that is published anew', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let author: Author;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    const person = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(person, {
      nodes: { hall: ['yard', 'cellar'], yard: ['gate'], cellar: ['gate'], gate: ['end'], end: [] },
      published: false,
    });
    author = new Author(talegraph.client, person, story);
    await author.define({
      variables: [{ name: 'gold', type: 'INT', initial: 0, max: 9, shown: true }],
      allowUndo: true,
    });
    await author.updateNode('yard', { effects: [{ op: 'ADD', target: 'gold', value: '5' }] });
    await author.publish();
  });

  /** Somebody who has come by these nodes. */
  async function readerAt(...path: string[]): Promise<Playthrough> {
    const play = await Playthrough.begin(talegraph, story);
    let from = 'hall';
    for (const [step, to] of path.entries()) {
      await play.choose(step, from, to);
      from = to;
    }
    return play;
  }

  const standing = async ({ player }: Playthrough): Promise<any> =>
    (await player.client.get(STANDING, { storyId: story.id })).storyProgress;
  const replay = async ({ player, id }: Playthrough): Promise<any> =>
    (await player.client.get(REPLAY, { id })).replay;
  const toLatest = async ({ player, id }: Playthrough): Promise<any> =>
    (await player.client.get(TO_LATEST, { id })).moveToLatest;

  /** Everything that is written but what the prover has found out, which a refused publication leaves behind. */
  async function written(): Promise<object> {
    const { story_proofs: _, ...tables } = await fingerprint(talegraph.database);
    return tables;
  }

  /** The cellar is gone, gold is scarcer, and the yard is called another name. */
  async function rewrite(): Promise<void> {
    await author.define({
      variables: [
        { name: 'gold', type: 'INT', initial: 0, max: 3, shown: true },
        { name: 'lamp', type: 'BOOL', initial: true, shown: true },
      ],
      allowUndo: true,
    });
    await author.updateNode('yard', { title: 'The Courtyard' });
    await author.deleteChoice('hall', 'cellar');
    await author.deleteNode('cellar');
  }

  it('stay where they are unless the author says more', async () => {
    const plays = [await readerAt('yard'), await readerAt('cellar')];
    const before = await Promise.all(plays.map(standing));
    await rewrite();
    await author.publish({ readers: { move: false } });
    expect(await author.moves()).toEqual([]);
    expect(await Promise.all(plays.map(standing))).toEqual(before);
    expect(before[0]).toMatchObject({ movedAt: null, version: { number: 1 } });
  });

  it('are moved as far as they can go on, keep what they have, and are told', async () => {
    const yard = await readerAt('yard');
    const cellar = await readerAt('cellar');
    const ended = await readerAt('yard', 'gate', 'end');
    const before = await standing(yard);
    const others = [await standing(cellar), await standing(ended)];
    await rewrite();
    await author.publish({ readers: { move: true } });
    expect(await author.moves()).toEqual([
      {
        id: expect.stringMatching(/^mov_\d+$/),
        status: 'DONE',
        moved: 1,
        staying: 1,
        failed: 0,
        finishedAt: expect.any(String),
        obstacles: [{ obstacle: 'NODE_GONE', playthroughs: 1 }],
        version: { number: 2 },
      },
    ]);
    expect(await standing(yard)).toEqual({
      ...before,
      step: 2,
      movedAt: expect.any(String),
      version: { number: 2 },
      currentNode: { key: 'yard', title: 'The Courtyard' },
      variables: [
        { name: 'gold', value: 3 },
        { name: 'lamp', value: true },
      ],
    });
    expect([await standing(cellar), await standing(ended)]).toEqual(others);
    expect(await cellar.choose(1, 'cellar', 'gate')).toMatchObject({ nextNode: { key: 'gate' } });
  });

  it('go on at the replacement of a node that is gone, without what entering it brings', async () => {
    const cellar = await readerAt('cellar');
    const yard = await readerAt('yard');
    await rewrite();
    const map = [{ fromNodeId: story.node('cellar'), toNodeId: story.node('yard') }];
    await author.publish({ readers: { move: true, map } });
    expect(await author.moves()).toMatchObject([{ moved: 2, staying: 0, obstacles: [] }]);
    expect(await standing(cellar)).toMatchObject({
      currentNode: { key: 'yard' },
      variables: [{ value: 0 }, { value: true }],
    });
    expect(await cellar.choose(2, 'yard', 'gate')).toMatchObject({ nextNode: { key: 'gate' } });
    for (const play of [cellar, yard])
      expect(await replay(play)).toMatchObject({ isGenuine: true });
  });

  it('can be replayed: what came before the move is told as it was then', async () => {
    const play = await readerAt('yard');
    await rewrite();
    await author.publish({ readers: { move: true } });
    await author.moves();
    await play.choose(2, 'yard', 'gate');
    const { isGenuine, steps } = await replay(play);
    expect(isGenuine).toBe(true);
    const [first, , second] = steps.nodes.map(({ versionId }: any) => versionId);
    expect(second).not.toBe(first);
    expect(steps.nodes).toMatchObject([
      { step: null, kind: 'START', versionId: first, nodeTitle: 'Title of hall' },
      {
        step: 0,
        kind: 'CHOICE',
        versionId: first,
        nodeTitle: 'Title of yard',
        choiceText: 'Go to yard',
      },
      { step: 1, kind: 'MOVED', versionId: second, nodeTitle: 'The Courtyard', choiceText: null },
      { step: 2, kind: 'CHOICE', versionId: second, nodeTitle: 'Title of gate' },
    ]);
    await talegraph.database.query(
      `UPDATE user_progress SET version_id = first_version_id WHERE version_id <> first_version_id`,
    );
    expect(await replay(play)).toMatchObject({ isGenuine: false });
  });

  it('are told of the move when they choose on the step that it took; old choices are answered as before', async () => {
    const play = await readerAt();
    const first = await play.choose(0, 'hall', 'yard');
    await rewrite();
    await author.publish({ readers: { move: true } });
    await author.moves();
    const { message, extensions } = await play.refuses('makeChoice', {
      input: play.player.input(play.id, 1, ['yard', 'gate']),
    });
    expect(extensions).toMatchObject({
      code: 'CONFLICT',
      current: { step: 2, currentNodeId: story.node('yard') },
    });
    expect(message).toBe(
      'On step 1 the playthrough was moved to another version of the story. It is at step 2: load it and go on from there.',
    );
    expect(await play.choose(0, 'hall', 'yard')).toEqual(first);
    const { makeChoice } = await play.player.client.get(MAKE_CHOICE, {
      input: play.player.input(play.id, 0, ['hall', 'yard']),
    });
    expect(makeChoice.progress.version.number).toBe(1);
  });

  it('come back to the version of a place when they undo or load it, and can be moved again', async () => {
    const play = await readerAt('yard');
    const { id } = await play.do('saveGame', { input: { progressId: play.id, name: 'Before' } });
    await rewrite();
    await author.publish({ readers: { move: true } });
    await author.moves();
    const moved = await standing(play);
    await play.do('undo', { input: { step: 2, choices: 1 } });
    expect(await standing(play)).toMatchObject({
      step: 3,
      version: { number: 1 },
      currentNode: { key: 'hall' },
      variables: [{ name: 'gold', value: 0 }],
      choicesMade: { totalCount: 0 },
    });
    await play.do('loadGame', { id });
    expect(await standing(play)).toMatchObject({
      step: 4,
      version: { number: 1 },
      currentNode: { key: 'yard' },
      variables: [{ name: 'gold', value: 5 }],
      choicesMade: moved.choicesMade,
    });
    expect(await replay(play)).toMatchObject({ isGenuine: true });
    await author.client.get(MOVE, { id: story.id });
    expect(await author.moves()).toMatchObject([{ moved: 1 }, { moved: 1 }]);
    expect(await standing(play)).toMatchObject({ step: 5, version: { number: 2 } });
    expect(await replay(play)).toMatchObject({ isGenuine: true });
  });

  it('can take themselves to the newest version, once, where they can go on', async () => {
    const yard = await readerAt('yard');
    const cellar = await readerAt('cellar');
    const ended = await readerAt('yard', 'gate', 'end');
    await rewrite();
    await author.publish();
    expect(await toLatest(yard)).toMatchObject({
      step: 2,
      movedAt: expect.any(String),
      version: { number: 2 },
      currentNode: { key: 'yard' },
    });
    const before = await fingerprint(talegraph.database);
    expect(await toLatest(yard)).toMatchObject({ step: 2, version: { number: 2 } });
    const refused = await cellar.player.client.fail(TO_LATEST, { id: cellar.id });
    expect(refused.extensions.code).toBe('CONFLICT');
    const over = await ended.player.client.fail(TO_LATEST, { id: ended.id });
    expect(over.extensions.code).toBe('PLAYTHROUGH_ENDED');
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('take the replacement that the author has given for their node when they go themselves', async () => {
    const earlier = await readerAt('cellar');
    const id = (await earlier.do('saveGame', { input: { progressId: earlier.id, name: 'Cellar' } }))
      .id as string;
    await earlier.choose(1, 'cellar', 'gate');
    await rewrite();
    const map = [{ fromNodeId: story.node('cellar'), toNodeId: story.node('yard') }];
    await author.publish({ readers: { move: true, map } });
    await author.moves();
    await earlier.do('loadGame', { id });
    expect(await standing(earlier)).toMatchObject({ currentNode: { key: 'cellar' } });
    expect(await toLatest(earlier)).toMatchObject({ currentNode: { key: 'yard' } });
  });

  it('are not touched by a publication whose map is wrong: all of it is told, and nothing is published', async () => {
    const other = await talegraph.factory.newStory(await talegraph.factory.newAuthor());
    await readerAt('cellar');
    await rewrite();
    const before = await written();
    const { extensions } = await author.client.fail(
      `mutation ($id: ID!, $input: PublishStoryInput) { publishStory(id: $id, input: $input) { id } }`,
      {
        id: story.id,
        input: {
          readers: {
            move: true,
            map: [
              { fromNodeId: story.node('cellar'), toNodeId: story.node('end') },
              { fromNodeId: story.node('cellar'), toNodeId: story.node('yard') },
              { fromNodeId: other.node('start'), toNodeId: story.node('cellar') },
            ],
          },
        },
      },
    );
    const path = 'input.readers.map';
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [
        {
          path: `${path}.0.toNodeId`,
          message: 'must not be an ending: readers would be at the end at once',
        },
        {
          path: `${path}.1.fromNodeId`,
          message: 'is named twice: give each node one replacement',
        },
        {
          path: `${path}.2.fromNodeId`,
          message: 'must be a node of this story, or one that it had',
        },
        {
          path: `${path}.2.toNodeId`,
          message: 'must be a node of the version that readers go on in',
        },
      ],
    });
    expect(await written()).toEqual(before);
    const unused = await author.client.fail(
      `mutation ($id: ID!, $input: PublishStoryInput) { publishStory(id: $id, input: $input) { id } }`,
      {
        id: story.id,
        input: {
          readers: {
            move: false,
            map: [{ fromNodeId: story.node('cellar'), toNodeId: story.node('yard') }],
          },
        },
      },
    );
    expect(unused.extensions).toMatchObject({ fields: [{ path }] });
    expect(await written()).toEqual(before);
  });

  it('count in statistics as before', async () => {
    const play = await readerAt('yard');
    const stats = async () => {
      await talegraph.counted();
      return play.player.client.get(
        `{ userStats { storiesStarted totalChoicesMade totalPlayTime } }`,
      );
    };
    const before = await stats();
    await rewrite();
    await author.publish({ readers: { move: true } });
    await author.moves();
    expect(await stats()).toEqual(before);
  });
});
