import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import { LONGEST } from '../../../src/engine/core/limits.js';

const NODES = 60;
/** Of 50,000 characters: three words in each of 8,333 pieces, and two in what is cut off. */
const WORDS = 25_001;
const COUNTS = `query ($id: ID!) {
  story(id: $id) { draft { nodes(first: 100) { nodes { key wordCount } } } } }`;

/** How long this thread has computed: what waits for a busy machine does not, nor do others that clear up its memory. */
const computed = () => process.threadCpuUsage().user;

let talegraph: TestApp;
beforeAll(async () => {
  talegraph = await startApp();
});
afterAll(() => talegraph.close());

it('counts the words of a page of the longest texts, and lets others have a turn between any two', async () => {
  const person = await talegraph.factory.newAuthor();
  const story = await talegraph.factory.newStory(person, { nodes: { hall: [] }, published: false });
  const author = new Author(talegraph.client, person, story);
  await author.updateNode('hall', { content: '' });
  await talegraph.database.query(
    `INSERT INTO story_nodes (story_id, node_key, node_title, content, node_type, is_ending_node)
     SELECT $1, 'n' || i, 'Node', rpad('', $2::int, '我喜欢读书。'), 'ending', true FROM generate_series(1, $3::int) AS i`,
    [story.storyId, LONGEST.content, NODES],
  );
  const turns = [computed()];
  const timer = setInterval(() => turns.push(computed()), 1);
  const { nodes } = (await author.client.get(COUNTS, { id: story.id })).story.draft.nodes;
  clearInterval(timer);
  expect(nodes.map(({ wordCount }: any) => wordCount as number)).toEqual([
    0,
    ...Array.from({ length: NODES }, () => WORDS),
  ]);
  const spans = turns.slice(1).map((turn, i) => turn - turns[i]!);
  expect(Math.max(...spans)).toBeLessThan((turns.at(-1)! - turns[0]!) / 4);
});
