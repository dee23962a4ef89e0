import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { importFile, outcomes, problemsIn } from '../../support/importing.js';

const STORY = {
  title: 'The Vault',
  schema: {
    variables: [{ name: 'gold', type: 'int', initial: 3, min: 0, max: 9 }],
    items: [{ key: 'lamp', name: 'Lamp', max: 2 }],
    stats: [{ key: 'nerve', name: 'Nerve', initial: 5, min: 0, max: 10 }],
  },
  nodes: [
    {
      ...{ key: 'door', title: 'The Door', type: 'choice', start: true, chapter: 'One' },
      content: 'You have {{ gold | times: 2 }} coins.',
      effects: [{ op: 'add', target: 'gold', value: '2' }],
      choices: [
        { text: 'Force it', to: 'hall', check: '2d6 + stats.nerve >= 9', failTo: 'lost' },
        { text: 'Spell', to: 'hall', puzzle: { kind: 'text', answers: ['open'], attempts: 3 } },
        {
          ...{ text: 'Pay', to: 'hall', condition: 'gold >= 2', lockedText: 'You are poor.' },
          effects: [{ op: 'give', target: 'lamp' }],
        },
        { text: 'Wait', to: 'lost', afterSeconds: 10 },
      ],
    },
    { key: 'hall', title: 'Hall', content: 'Done.', type: 'ending', endingKind: 'good' },
    { key: 'lost', title: 'Lost', content: 'Alas.', type: 'ending', endingKind: 'bad' },
  ],
};

describe('a story that went out as a Twine story', () => {
  let talegraph: TestApp;
  let owner: GraphqlClient;
  let other: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
    owner = talegraph.client.as((await talegraph.factory.newAuthor()).token);
    other = talegraph.client.as((await talegraph.factory.newAuthor()).token);
  });
  afterAll(() => talegraph.close());

  const exported = async (client: GraphqlClient, id: string, format: string): Promise<string> =>
    (
      await client.get(
        `query ($id: ID!, $format: ExportFormat!) { exportStory(storyId: $id, format: $format) { content } }`,
        { id, format },
      )
    ).exportStory.content;

  const idIn = (job: any): string => job.stories.nodes[0].story.id;

  it.each(['TWEE', 'TWINE_HTML', 'TWINE_JSON'])(
    'comes back as %s to its author unchanged, and to others with all its rules',
    async (format) => {
      const id = idIn(await importFile(owner, JSON.stringify(STORY)));
      const file = await exported(owner, id, format);

      const own = await importFile(owner, file);
      expect(outcomes(own)).toEqual([['The Vault', 'UNCHANGED', 3, 4]]);
      expect(idIn(own)).toBe(id);

      const copy = await importFile(other, file);
      expect(outcomes(copy)).toEqual([['The Vault', 'CREATED', 3, 4]]);
      expect(problemsIn(copy)).toEqual(problemsIn(own));
      expect(await exported(other, idIn(copy), format)).toBe(file);
      const [story] = JSON.parse(await exported(other, idIn(copy), 'TALEGRAPH_JSON')).stories;
      expect(story).toMatchObject(STORY);
    },
  );
});
