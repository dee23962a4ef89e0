import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { Player } from '../../support/player.js';
import { play } from '../../support/playing.js';

const SHOW = `mutation ($id: ID!, $show: Boolean!) { showChoiceShares(storyId: $id, show: $show) { showChoiceShares revision } }`;

const CHOOSE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) {
  nextNode { key } choiceShares { choiceId share } } }`;

describe('how others chose', () => {
  let talegraph: TestApp;
  let owner: Person;
  let story: MadeStory;
  let author: Author;
  beforeAll(async () => {
    talegraph = await startApp();
    owner = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(owner, {
      nodes: { start: ['left', 'right', 'secret'], left: [], right: [], secret: [] },
      published: false,
    });
    author = new Author(talegraph.client, owner, story);
    await author.define({
      variables: [
        { name: 'luck', type: 'BOOL', initial: false, shown: true, readerWritable: true },
      ],
    });
    await author.updateChoice('start', 'secret', { condition: 'luck' });
    await author.publish();
    // Six to the left, five to the right, and nine to what is hidden from most.
    await Promise.all([
      ...Array.from({ length: 6 }, () => read(['start', 'left'])),
      ...Array.from({ length: 5 }, () => read(['start', 'right'])),
      ...Array.from({ length: 9 }, () => makeChoice('secret', true)),
    ]);
    await talegraph.counted();
  });
  afterAll(() => talegraph.close());

  const read = async (way: string[]) =>
    play(talegraph.client.as((await talegraph.factory.newReader()).token), story, way);

  async function makeChoice(to: string, lucky = false) {
    const player = new Player(talegraph.client, await talegraph.factory.newReader(), story);
    const { id } = await player.start();
    if (lucky) {
      const set = `mutation ($id: ID!) { setVariables(progressId: $id,
        input: { step: 0, variables: [{ name: "luck", value: true }] }) { id } }`;
      await player.client.get(set, { id });
    }
    const input = player.input(id, lucky ? 1 : 0, ['start', to]);
    const choose = async () => (await player.client.get(CHOOSE, { input })).makeChoice;
    return { choose, player, id, ...(await choose()) };
  }

  const show = (on: boolean) => author.client.get(SHOW, { id: story.id, show: on });
  const share = (to: string, value: number) => ({
    choiceId: story.choice('start', to),
    share: value,
  });

  it('is not told, and costs no statement, unless the author allows it', async () => {
    const player = new Player(talegraph.client, await talegraph.factory.newReader(), story);
    const { id } = await player.start();
    const input = player.input(id, 0, ['start', 'left']);
    const statements = await talegraph.statements.during(async () => {
      const { makeChoice } = await player.client.get(CHOOSE, { input });
      expect(makeChoice.choiceShares).toBeNull();
    });
    expect(statements.filter((text) => /FROM (choice_days|place_readers)/.test(text))).toEqual([]);
    await talegraph.counted();
  });

  it('is told of the choices that were offered, and again when the choice is sent again', async () => {
    const { showChoiceShares } = await show(true);
    // It is no part of the draft: nothing that others write on becomes stale.
    const { story: details } = await author.client.get(
      `query ($id: ID!) { story(id: $id) { revision showChoiceShares } }`,
      { id: story.id },
    );
    expect(showChoiceShares).toEqual({ showChoiceShares: true, revision: details.revision });
    const seen = await makeChoice('left');
    // Eight of thirteen and five of thirteen: what comes to an ending is counted at once.
    expect(seen.choiceShares).toEqual([share('left', 0.62), share('right', 0.38)]);
    expect((await seen.choose()).choiceShares).toEqual(seen.choiceShares);
    await talegraph.counted();
  });

  it('is told of a choice that others do not see to those who see it', async () => {
    const { choiceShares } = await makeChoice('secret', true);
    expect(choiceShares).toEqual([
      share('left', 0.35),
      share('right', 0.22),
      share('secret', 0.43),
    ]);
    await talegraph.counted();
  });

  it('is not told where few readers made one of the choices', async () => {
    const quiet = await talegraph.factory.newStory(owner, {
      nodes: { start: ['left', 'right'], left: [], right: [] },
    });
    await author.client.get(SHOW, { id: quiet.id, show: true });
    const often = talegraph.client.as((await talegraph.factory.newReader()).token);
    for (let i = 0; i < 6; i++) await play(often, quiet, ['start', 'right']);
    await talegraph.counted();
    const player = new Player(talegraph.client, await talegraph.factory.newReader(), quiet);
    const { id } = await player.start();
    const input = player.input(id, 0, ['start', 'left']);
    const { makeChoice: answer } = await player.client.get(CHOOSE, { input });
    expect(answer).toEqual({ nextNode: { key: 'left' }, choiceShares: null });
  });

  it('is shown and hidden by the owner and editors alone', async () => {
    const viewer = await talegraph.factory.newReader();
    await talegraph.factory.share(owner, story, viewer, 'viewer');
    for (const person of [viewer, await talegraph.factory.newReader()]) {
      const client = talegraph.client.as(person.token);
      const { extensions } = await client.fail(SHOW, { id: story.id, show: false });
      expect(extensions).toEqual({ code: 'FORBIDDEN' });
    }
    expect((await makeChoice('left')).choiceShares).not.toBeNull();
    await show(false);
    expect((await makeChoice('left')).choiceShares).toBeNull();
  });
});
