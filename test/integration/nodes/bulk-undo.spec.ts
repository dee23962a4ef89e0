import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';

const RENAME = `mutation ($id: ID!) {
  renameDeclaration(storyId: $id, input: { kind: VARIABLE, from: "oil", to: "fuel" }) { count } }`;
const UNDO = `mutation ($id: ID!) { undoDraft(storyId: $id) { kind edits(first: 1) { totalCount } } }`;
const REDO = `mutation ($id: ID!) { redoDraft(storyId: $id) { kind edits(first: 1) { totalCount } } }`;

/** Above it, a plan that joins row by row exceeds the time of a statement. */
const NODES = 10_000;

let talegraph: TestApp;
beforeAll(async () => {
  talegraph = await startApp();
});
afterAll(() => talegraph.close());

it('takes a change of 20,000 rows back and makes it again, whatever small changes came before', async () => {
  const person = await talegraph.factory.newAuthor();
  const story = await talegraph.factory.newStory(person, {
    nodes: { hall: ['yard'], yard: [] },
    published: false,
  });
  const author = new Author(talegraph.client, person, story);
  await author.define({ variables: [{ name: 'oil', type: 'INT', initial: 1 }] });
  for (let i = 0; i < 10; i++) await author.updateChoice('hall', 'yard', { text: `Go ${i}` });
  const { database } = talegraph;
  await database.query(
    `INSERT INTO story_nodes (story_id, node_key, node_title, content, node_type, is_ending_node)
     SELECT $1, 'n' || i, 'Node ' || i, 'The oil: {{ oil }}.', 'choice', false FROM generate_series(1, $2::int) AS i`,
    [story.storyId, NODES],
  );
  await database.query(
    `INSERT INTO choices (from_node_id, to_node_id, choice_text, choice_letter, condition, "order")
     SELECT node_id, node_id, 'On', 'A', 'oil > 0', 1 FROM story_nodes WHERE story_id = $1 AND node_key LIKE 'n%'`,
    [story.storyId],
  );
  const { renameDeclaration } = await author.client.get(RENAME, { id: story.id });
  expect(renameDeclaration.count).toBe(2 * NODES + 1);
  const edits = { totalCount: 2 * NODES + 1 };
  const { undoDraft } = await author.client.get(UNDO, { id: story.id });
  expect(undoDraft).toEqual({ kind: 'UNDO', edits });
  const { redoDraft } = await author.client.get(REDO, { id: story.id });
  expect(redoDraft).toEqual({ kind: 'REDO', edits });
}, 120_000);
