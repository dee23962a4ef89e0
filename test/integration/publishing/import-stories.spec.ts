import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../../src/config/project-root.js';
import { Jobs } from '../../../src/jobs/jobs.js';
import { DraftDocuments } from '../../../src/publishing/documents/draft-documents.js';
import { writeCsv, writeCsvPair } from '../../../src/publishing/formats/csv/csv-writer.js';
import { writeTalegraphJson } from '../../../src/publishing/formats/json/talegraph-json.js';
import type { StoryDocument } from '../../../src/publishing/formats/story-document.js';
import { StoryImport } from '../../../src/publishing/imports/story-import.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { importFile, outcomes, problemsIn, waitForImport } from '../../support/importing.js';
import { keyOf } from '../../support/player.js';

const IMPORT = `mutation ($input: ImportStoriesInput!) { importStories(input: $input) { id status } }`;

const cave = (changes: Partial<StoryDocument> = {}): StoryDocument => ({
  title: 'The Cave',
  description: 'Down you go.',
  category: 'fantasy',
  difficulty: 'hard',
  tags: ['dark'],
  language: 'en',
  spoilerGuard: false,
  nodes: [
    {
      key: 'mouth',
      title: 'The mouth',
      content: 'It is dark.',
      type: 'choice',
      start: true,
      choices: [
        { text: 'Go in', to: 'hall' },
        { text: 'Go home', to: 'hall' },
      ],
    },
    { key: 'hall', title: 'The hall', content: 'Light!', type: 'ending', endingKind: 'good' },
  ],
  ...changes,
});

/** What the imports themselves keep. */
const withoutImports = ({
  import_jobs: _,
  import_stories: __,
  ...others
}: Record<string, string>) => others;

describe('importStories', () => {
  let talegraph: TestApp;
  let author: Person;
  let client: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    author = await talegraph.factory.newAuthor();
    client = talegraph.client.as(author.token);
  });

  const drafts = () => talegraph.app.get(DraftDocuments);
  const storyIn = (job: any, place = 0) => keyOf(job.stories.nodes[place].story.id);
  const idsOf = (storyId: number) =>
    talegraph.database.query<unknown[]>(
      `SELECT 'node', node_id, node_key FROM story_nodes WHERE story_id = $1 AND deleted_at IS NULL
       UNION ALL
       SELECT 'choice', choice_id, choice_text FROM choices JOIN story_nodes ON node_id = from_node_id
       WHERE story_id = $1 AND choices.deleted_at IS NULL ORDER BY 1, 2`,
      [storyId],
    );
  const historyOf = (storyId: number) =>
    talegraph.database.query<{ kind: string }[]>(
      `SELECT kind FROM draft_changes WHERE story_id = $1 ORDER BY change_id`,
      [storyId],
    );

  it('makes new stories of a file, many at once', async () => {
    const documents = [cave({ slug: 'cave-one' }), cave({ slug: 'cave-two', title: 'Two' })];
    const job = await importFile(client, writeTalegraphJson(documents));
    expect(job).toMatchObject({
      status: 'DONE',
      phase: null,
      progress: 1,
      dryRun: false,
      storiesTotal: 2,
      storiesDone: 2,
      error: null,
      problems: { totalCount: 0 },
    });
    expect(outcomes(job)).toEqual([
      ['The Cave', 'CREATED', 2, 2],
      ['Two', 'CREATED', 2, 2],
    ]);
    expect(job.stories.nodes[1]).toMatchObject({ report: null, story: { slug: 'cave-two' } });
    expect(await drafts().read(storyIn(job, 1))).toEqual(documents[1]);
    const [{ author_id, content }] = await talegraph.database.query(
      `SELECT author_id, content FROM stories, import_jobs WHERE story_id = $1 AND import_id = $2`,
      [storyIn(job), keyOf(job.id)],
    );
    expect([author_id, content]).toEqual([author.viewer.userId, null]);
  });

  it('reads CSV in one file and in two', async () => {
    const one = await importFile(client, writeCsv([cave({ slug: 'csv-one' })]));
    expect(await drafts().read(storyIn(one))).toEqual(cave({ slug: 'csv-one' }));
    const { nodes, choices } = writeCsvPair(cave({ slug: 'csv-two' }));
    const two = await importFile(client, nodes, { choicesContent: choices });
    expect(await drafts().read(storyIn(two))).toEqual(cave({ slug: 'csv-two' }));
  });

  it('updates a story by its slug: ids stay, and undoDraft takes it back', async () => {
    const first = await importFile(client, writeTalegraphJson([cave({ slug: 'updated' })]));
    const storyId = storyIn(first);
    const ids = await idsOf(storyId);
    const changed = cave({
      slug: 'updated',
      title: 'The Deep Cave',
      nodes: cave().nodes.map((node) => ({ ...node, content: `${node.content} Still.` })),
    });
    const second = await importFile(client, writeTalegraphJson([changed]));
    expect(outcomes(second)).toEqual([['The Deep Cave', 'UPDATED', 2, 2]]);
    expect(storyIn(second)).toBe(storyId);
    expect(await idsOf(storyId)).toEqual(ids);
    expect(await drafts().read(storyId)).toEqual(changed);
    expect((await historyOf(storyId)).map(({ kind }) => kind)).toEqual(['import', 'import']);
    await client.get(`mutation ($id: ID!) { undoDraft(storyId: $id) { kind } }`, {
      id: second.stories.nodes[0].story.id,
    });
    expect(await drafts().read(storyId)).toEqual(cave({ slug: 'updated' }));
  });

  it('changes nothing when a file is imported again, and leaves no trace in the history', async () => {
    const file = writeTalegraphJson([cave({ slug: 'unchanged' })]);
    const storyId = storyIn(await importFile(client, file));
    const before = withoutImports(await fingerprint(talegraph.database));
    const again = await importFile(client, file);
    expect(outcomes(again)).toEqual([['The Cave', 'UNCHANGED', 2, 2]]);
    expect(storyIn(again)).toBe(storyId);
    expect(withoutImports(await fingerprint(talegraph.database))).toEqual(before);
  });

  it('makes another story of the same slug when it is told to, and makes one of a named story', async () => {
    const file = writeTalegraphJson([cave({ slug: 'twice' })]);
    const first = await importFile(client, file);
    const copy = await importFile(client, file, { onExisting: 'CREATE' });
    expect(outcomes(copy)).toEqual([['The Cave', 'CREATED', 2, 2]]);
    expect(storyIn(copy)).not.toBe(storyIn(first));
    const target = copy.stories.nodes[0].story.id;
    const other = writeTalegraphJson([cave({ slug: 'another', title: 'Renamed' })]);
    const named = await importFile(client, other, { storyId: target });
    expect(outcomes(named)).toEqual([['Renamed', 'UPDATED', 2, 2]]);
    expect(storyIn(named)).toBe(storyIn(copy));
    const two = await importFile(client, writeTalegraphJson([cave(), cave()]), { storyId: target });
    expect(outcomes(two)).toEqual([]);
    expect(problemsIn(two)).toEqual([
      'file null:null ERROR The file has 2 stories, and only one can become the story that you named.',
    ]);
    expect(two.problems.nodes[0]).toMatchObject({
      code: 'SEVERAL_STORIES',
      fix: 'Leave one in it, or name no story.',
    });
  });

  it('writes nothing in a dry run, and answers the same', async () => {
    const known = cave({ slug: 'dry' });
    const storyId = storyIn(await importFile(client, writeTalegraphJson([known])));
    const file = writeTalegraphJson([
      { ...known, title: 'Drier' },
      cave({ slug: 'dry-new', title: 'New' }),
      { ...cave(), title: 'Bad', nodes: [{ ...cave().nodes[1]!, type: 'story' }] },
    ]);
    const before = withoutImports(await fingerprint(talegraph.database));
    const dry = await importFile(client, file, { dryRun: true });
    expect(withoutImports(await fingerprint(talegraph.database))).toEqual(before);
    const expected = [
      ['Drier', 'UPDATED', 2, 2],
      ['New', 'CREATED', 2, 2],
      ['Bad', 'REFUSED', 1, 0],
    ];
    expect(outcomes(dry)).toEqual(expected);
    expect(dry.stories.nodes.map(({ story }: any) => story?.id ?? null)).toEqual([
      `sty_${storyId}`,
      null,
      null,
    ]);
    const real = await importFile(client, file);
    expect(outcomes(real)).toEqual(expected);
    expect(problemsIn(real)).toEqual(problemsIn(dry));
  });

  it('refuses all that the API would refuse, each with its place, and takes the other stories', async () => {
    const file = `{ "format": "talegraph", "version": 1, "stories": [
  { "title": "Bad", "slug": "bad",
    "schema": {
      "variables": [{ "name": "gold", "type": "int", "initial": 1.5 }, { "name": "gold", "type": "int", "initial": 2 }],
      "protagonists": [{ "key": "ann", "name": "Ann", "start": "nowhere" }] },
    "nodes": [
      { "key": "a", "title": "A", "type": "story", "start": true, "endingKind": "good", "content": "You have {{ glod }}.",
        "choices": [
          { "text": "Go", "to": "lost", "condition": "gold >= 1 && silver",
            "puzzle": { "kind": "text", "answers": ["x"] }, "check": "1d6 >= 3", "afterSeconds": 5 } ] },
      { "key": "a", "title": "B", "type": "ending", "ending": "none", "start": true, "content": "" } ] },
  { "title": "Good", "slug": "good", "nodes": [
      { "key": "a", "title": "A", "type": "story", "start": true, "content": "", "choices": [{ "text": "Go", "to": "b" }] } ] } ] }`;
    const job = await importFile(client, file);
    expect(outcomes(job)).toEqual([
      ['Bad', 'REFUSED', 2, 1],
      ['Good', 'CREATED', 1, 1],
    ]);
    expect(problemsIn(job).filter((problem) => problem.startsWith('Bad'))).toEqual([
      'Bad 11:16 ERROR nodes.1.key: a is there twice',
      'Bad 11:80 ERROR nodes.1.start: another node is the start',
      'Bad 7:81 ERROR nodes.0.endingKind: only an ENDING has one; change type too, or leave it out',
      'Bad 10:23 ERROR nodes.0.choices.0.puzzle: a choice has a check or a puzzle, not both; set the other one to null',
      'Bad 10:98 ERROR nodes.0.choices.0.afterSeconds: a puzzle cannot make itself; set the time on another choice',
      'Bad 11:63 ERROR nodes.1.ending: there is no ending none; declare it first',
      'Bad 4:82 ERROR schema.variables.1.name: gold is there twice',
      'Bad 4:65 ERROR schema.variables.0.initial: must be of type INT',
      'Bad 5:64 ERROR schema.protagonists.0.start: there is no node nowhere',
      'Bad 7:113 ERROR Node a, content, line 1, column 13: There is no variable glod. Did you mean gold?',
      'Bad 9:68 ERROR Node a, choice A, condition, line 1, column 14: There is no variable silver.',
      'Bad 9:33 WARNING nodes.0.choices.0.to: there is no node lost; the choice leads nowhere',
    ]);
    const warnings = problemsIn(job).filter((problem) => problem.startsWith('Good'));
    expect(warnings[0]).toBe(
      'Good 13:116 WARNING nodes.0.choices.0.to: there is no node b; the choice leads nowhere',
    );
    expect(warnings.every((problem) => problem.includes('WARNING'))).toBe(true);
    expect(
      await talegraph.database.query(`SELECT slug FROM stories WHERE slug IN ('bad', 'good')`),
    ).toEqual([{ slug: 'good' }]);
  });

  it('tells what is wrong with the shape of a story, and with all that has the right one', async () => {
    const file = `{ "title": "Six", "schema": { "variables": [
  { "name": "gold", "type": "int", "initial": "x" }, { "name": "luck", "type": "nt", "initial": 3 } ] },
"nodes": [
  { "key": "start", "title": "S", "type": "choise", "stert": true, "content": "{{ goold }}", "choices": [
    { "text": "", "to": "hal", "condition": "golld > 3 && gold > 1 && luck > 2" },
    { "text": "On", "to": "hall", "effects": [{ "op": "sett", "target": "gold", "value": "1" }], "check": "d6 > lukc" } ] },
  { "key": "hall", "title": "H", "type": "endng", "endingKind": "good", "content": "The end." } ] }`;
    const job = await importFile(client, file, { format: 'TALEGRAPH_JSON' });
    expect(problemsIn(job)).toEqual([
      'Six 2:80 ERROR schema.variables.1.type: must be int, number, bool or string. Did you mean int?',
      'Six 4:43 ERROR nodes.0.type: must be story, choice or ending. Did you mean choice?',
      'Six 5:15 ERROR nodes.0.choices.0.text: must not be empty, nor have more than 500 characters',
      'Six 6:55 ERROR nodes.0.choices.1.effects.0.op: must have an op of set, add, sub, give, take, toggle, award, unlock',
      'Six 4:62 ERROR nodes.0.stert: is no field that belongs here. Did you mean start?',
      'Six 7:42 ERROR nodes.1.type: must be story, choice or ending. Did you mean ending?',
      'Six 2:47 ERROR schema.variables.0.initial: must be of type INT',
      'Six 4:83 ERROR Node start, content, line 1, column 4: There is no variable goold. Did you mean gold?',
      'Six 5:46 ERROR Node start, choice A, condition, line 1, column 1: There is no variable golld. Did you mean gold?',
      'Six 6:113 ERROR Node start, choice B, check, line 1, column 6: There is no variable lukc. Did you mean luck?',
      'Six 5:25 WARNING nodes.0.choices.0.to: there is no node hal; the choice leads nowhere',
    ]);
    const guide = readFileSync(join(projectRoot, 'docs', 'api.md'), 'utf8');
    const [, documented] = /A problem says what kind it is[^]*?```json\n([^]*?)```/.exec(guide)!;
    expect(job.problems.nodes).toEqual(expect.arrayContaining(JSON.parse(documented!)));
    expect(outcomes(job)).toEqual([['Six', 'REFUSED', 0, 0]]);
  });

  it('tells what keeps a whole file from being read', async () => {
    const job = await importFile(client, '{ "title": ', { format: 'TALEGRAPH_JSON' });
    expect(job).toMatchObject({ status: 'DONE', storiesTotal: 0 });
    expect(problemsIn(job)[0]).toBe('file 1:12 ERROR This is no JSON: a value is missing');
    expect(problemsIn(await importFile(client, 'Once upon a time'))).toEqual([
      expect.stringMatching(
        /^file null:null ERROR The format of this file is not known: it looks like plain text\. It must be/,
      ),
    ]);
  });

  it('refuses a story of another author’s name, and one that the file has already', async () => {
    const other = talegraph.client.as((await talegraph.factory.newAuthor()).token);
    await importFile(other, writeTalegraphJson([cave({ slug: 'theirs' })]));
    const job = await importFile(
      client,
      writeTalegraphJson([
        cave({ slug: 'theirs' }),
        cave({ slug: 'mine' }),
        cave({ slug: 'mine' }),
      ]),
    );
    expect(outcomes(job).map(([, action]) => action)).toEqual(['REFUSED', 'CREATED', 'REFUSED']);
    expect(problemsIn(job)).toEqual([
      'The Cave 41:15 ERROR slug: a story of another author is called theirs; choose another name',
      expect.stringMatching(
        /^The Cave \d+:15 ERROR Another story of the file has the slug mine too/,
      ),
    ]);
    expect(job.problems.nodes.map(({ code }: any) => code)).toEqual([
      'SLUG_TAKEN',
      'DUPLICATE_STORY',
    ]);
  });

  it('goes on where a server died, and makes no story twice', async () => {
    const file = writeTalegraphJson([cave({ title: 'Killed A' }), cave({ title: 'Killed B' })]);
    const { id } = await importFile(client, file);
    const sql = (text: string, ...rest: unknown[]) =>
      talegraph.database.query(text, [keyOf(id), ...rest]);
    await sql(`DELETE FROM import_stories WHERE import_id = $1 AND place = 1`);
    await sql(
      `UPDATE import_jobs SET status = 'running', finished_at = NULL, content = $2 WHERE import_id = $1`,
      file,
    );
    await talegraph.app.get(Jobs).send('import-stories', { importId: keyOf(id) });
    const job = await waitForImport(client, id);
    expect(outcomes(job)).toEqual([
      ['Killed A', 'CREATED', 2, 2],
      ['Killed B', 'CREATED', 2, 2],
    ]);
    const counts = `SELECT title, count(*)::int FROM stories WHERE title LIKE 'Killed%' GROUP BY title ORDER BY title`;
    expect(await talegraph.database.query(counts)).toEqual([
      { title: 'Killed A', count: 1 },
      { title: 'Killed B', count: 2 },
    ]);
  });

  it('writes a story only together with its result', async () => {
    const before = await fingerprint(talegraph.database);
    const source = { title: 'Torn', story: cave(), problems: [], placeOf: () => undefined };
    const request = { isDryRun: false, onExisting: 'update' as const };
    await expect(
      talegraph.app.get(StoryImport).run(author.viewer, source, request, {
        keep: () => Promise.reject(new Error('killed')),
      }),
    ).rejects.toThrow('killed');
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('tells as a problem that the story was deleted meanwhile', async () => {
    const { id, storyId } = await talegraph.factory.newStory(author, { published: false });
    await client.get(`mutation { deleteStory(id: "${id}") }`);
    const source = { title: 'Gone', story: cave(), problems: [], placeOf: () => undefined };
    const request = { isDryRun: false, onExisting: 'update' as const, storyId };
    const result = await talegraph.app.get(StoryImport).run(author.viewer, source, request, {
      keep: () => Promise.resolve(),
    });
    expect(result).toMatchObject({
      action: 'refused',
      problems: [{ severity: 'error', code: 'OTHER', message: 'There is no such story.' }],
    });
  });

  describe('refuses, and queues nothing of,', () => {
    const refused = async (input: object) => {
      const before = await fingerprint(talegraph.database);
      const error = await client.fail(IMPORT, { input });
      expect(await fingerprint(talegraph.database)).toEqual(before);
      return error;
    };

    it('a file of more than 1 MB', async () => {
      const message =
        'has more than 1 MB; upload it with requestUpload of kind IMPORT, and give its uploadId instead';
      const fields = [{ path: 'input.content', message }];
      for (const content of ['é'.repeat(500_001), 'e'.repeat(1_000_001)]) {
        expect(await refused({ content })).toMatchObject({
          extensions: { code: 'BAD_USER_INPUT', fields },
        });
      }
    });

    it('a file with what no database keeps', async () => {
      expect((await refused({ content: '{}\0' })).message).toBe(
        'input.content: has a NUL character, or half of a surrogate pair; take it out',
      );
    });

    it('choices beside anything but CSV', async () => {
      const input = { content: '{}', choicesContent: 'x', format: 'TALEGRAPH_JSON' };
      expect((await refused(input)).message).toBe(
        'input.choicesContent: goes with the format CSV alone; leave it out',
      );
    });

    it('a story of another author', async () => {
      const other = await talegraph.factory.newAuthor();
      const { id } = await talegraph.factory.newStory(other);
      expect((await refused({ content: '{}', storyId: id })).extensions.code).toBe('FORBIDDEN');
    });

    it('more than five that are not done', async () => {
      await talegraph.database.query(
        `INSERT INTO import_jobs (user_id, request) SELECT $1, '{}' FROM generate_series(1, 5)`,
        [author.viewer.userId],
      );
      expect(await refused({ content: '{}' })).toMatchObject({
        message: '5 of your imports are not done yet. Wait for one of them.',
        extensions: { code: 'RATE_LIMITED', retryAfter: 10 },
      });
    });
  });

  it('lists the imports of a user to that user alone, newest first', async () => {
    const list = `{ importJobs(first: 1) { totalCount nodes { id status } pageInfo { hasNextPage } } }`;
    await importFile(client, '{}');
    const { id } = await importFile(client, '{}');
    expect((await client.get(list)).importJobs).toEqual({
      totalCount: 2,
      nodes: [{ id, status: 'DONE' }],
      pageInfo: { hasNextPage: true },
    });
    const other = talegraph.client.as((await talegraph.factory.newAuthor()).token);
    expect((await other.get(list)).importJobs).toMatchObject({ totalCount: 0, nodes: [] });
    const look = `query ($id: ID!) { importJob(id: $id) { id } }`;
    expect((await other.fail(look, { id })).extensions.code).toBe('NOT_FOUND');
    const admin = talegraph.client.as((await talegraph.factory.newAdmin()).token);
    expect((await admin.get(look, { id })).importJob).toEqual({ id });
  });
});
