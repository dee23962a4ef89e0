import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DraftDocuments } from '../../../src/publishing/documents/draft-documents.js';
import { CollaboratorRepository } from '../../../src/stories/collaborators/collaborator.repository.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { importFile, outcomes } from '../../support/importing.js';
import { keyOf } from '../../support/player.js';
import { Uploader } from '../../support/uploading.js';

const IFID = 'D674C58C-DEFA-4F70-B7A2-27742230C0FC';

const twee = (hall: string, ifid = IFID) => `:: StoryTitle
The Cellar

:: StoryData
{ "ifid": "${ifid}", "format": "SugarCube", "format-version": "2.36.1", "start": "Stairs" }

:: StoryScript [script]
window.lamp = true;

:: Stairs {"position":"100,200"}
<<set $gold to 3>>You stand on the stairs. <<fancy>>
[[Go down->Hall]]

:: Hall
${hall}
<<link "Back" "Stairs">><</link>>
`;

const archived = (name: string, ifid: string) =>
  `<tw-storydata name="${name}" startnode="1" ifid="${ifid}" format="Harlowe" format-version="3.3.8">
<tw-passagedata pid="1" name="A" tags="" position="0,0">[[B]]</tw-passagedata>
<tw-passagedata pid="2" name="B" tags="" position="0,0">End.</tw-passagedata></tw-storydata>`;

describe('importStories with Twine stories', () => {
  let talegraph: TestApp;
  let client: GraphqlClient;
  let uploader: Uploader;
  beforeAll(async () => {
    talegraph = await startApp();
    const author = await talegraph.factory.newAuthor();
    client = talegraph.client.as(author.token);
    uploader = new Uploader(talegraph, author);
  });
  afterAll(() => talegraph.close());

  const storyIn = (job: any) => keyOf(job.stories.nodes[0].story.id);
  const nodeIds = (storyId: number) =>
    talegraph.database.query(
      `SELECT node_id, node_title FROM story_nodes WHERE story_id = $1 AND deleted_at IS NULL ORDER BY 1`,
      [storyId],
    );

  it('makes a story, says what became of its code, and updates it by its IFID', async () => {
    const first = await importFile(client, twee('It is cold.'));
    expect(outcomes(first)).toEqual([['The Cellar', 'CREATED', 2, 2]]);
    expect(first.stories.nodes[0].report).toMatchObject({
      isReachabilityKnown: true,
      links: { totalCount: 2 },
    });
    const storyId = storyIn(first);
    const document = await talegraph.app.get(DraftDocuments).read(storyId);
    expect(document.schema?.variables?.map(({ name }) => name)).toEqual(['gold']);
    expect(document.twine?.story.ifid).toBe(IFID);
    expect(document.twine?.story.passages.map(({ name }) => name)).toContain('StoryScript');
    expect(document.twine).not.toHaveProperty('edited');
    const ids = await nodeIds(storyId);

    const again = await importFile(client, twee('It is cold.'));
    expect(outcomes(again)).toEqual([['The Cellar', 'UNCHANGED', 2, 2]]);
    const changed = await importFile(client, twee('It is warm.'));
    expect(outcomes(changed)).toEqual([['The Cellar', 'UPDATED', 2, 2]]);
    expect(storyIn(changed)).toBe(storyId);
    expect(await nodeIds(storyId)).toEqual(ids);
  });

  it('makes one story of what is imported twice at the same time', async () => {
    const files = ['One', 'Two', 'Three'].map((hall) =>
      importFile(client, twee(hall, '9B0F4C51-6C1F-4A0B-8A52-0F2C5F2C7A11')),
    );
    const jobs = await Promise.all(files);
    expect(new Set(jobs.map(storyIn)).size).toBe(1);
    expect(
      jobs
        .flatMap(outcomes)
        .map(([, action]) => action)
        .sort(),
    ).toEqual(['CREATED', 'UPDATED', 'UPDATED']);
  });

  it('makes one story of a slug that is imported twice at the same time', async () => {
    const file = (text: string) => {
      const node = { key: 'a', title: 'A', content: text, type: 'ending', start: true };
      const last = { title: `After ${text}`, nodes: [node] };
      const stories = [{ slug: 'at-once', title: 'At once', nodes: [node] }, last];
      return JSON.stringify({ format: 'talegraph', version: 1, stories });
    };
    const jobs = await Promise.all(
      ['One', 'Two', 'Three'].map((text) => importFile(client, file(text))),
    );
    expect(new Set(jobs.map(storyIn)).size).toBe(1);
    expect(jobs.map(outcomes).map(([, [, action]]: any) => action)).toEqual([
      'CREATED',
      'CREATED',
      'CREATED',
    ]);
  });

  it('lists every link and every piece of code with its place', async () => {
    const ifid = '0C38F3A6-12A6-4E34-9A3C-6B7E9B4F9D11';
    const { id } = await importFile(client, twee('It is cold.', ifid));
    const { importJob } = await client.get(
      `query ($id: ID!) { importJob(id: $id) { stories { nodes { report {
         links { nodes { passage line column source kind target isBroken } }
         constructs { nodes { passage line name outcome } }
       } } } } }`,
      { id },
    );
    const { links, constructs } = importJob.stories.nodes[0].report;
    expect(links.nodes[0]).toEqual({
      passage: 'Stairs',
      line: 2,
      column: 1,
      source: '[[Go down->Hall]]',
      kind: 'LITERAL',
      target: 'Hall',
      isBroken: false,
    });
    const told = constructs.nodes.map(({ name, outcome }: any) => `${name} ${outcome}`);
    expect(told).toContain('<<set>> MAPPED');
    expect(told).toContain('<<fancy>> KEPT');
  });

  const REPORT = `query ($id: ID!, $first: Int!, $links: ImportedLinkFilter, $code: ImportedConstructFilter) {
    importJob(id: $id) { stories(first: $first) { nodes { title report {
      isReachabilityKnown
      linkCounts { total literal macro computed broken }
      constructCounts { total mapped kept dropped }
      links(first: 100, filter: $links) {
        totalCount nodes { passage line column source kind target isBroken }
      }
      constructs(first: 100, filter: $code) {
        totalCount pageInfo { endCursor } nodes { passage line column source name outcome note }
      }
    } } } }
  }`;

  it('says which passage and which node a problem is about', async () => {
    const label = 'x'.repeat(501);
    const file = twee(`[[${label}->Stairs]]`, '4D0C9B7A-1E63-4F0D-8C52-7B9A0E6F3D21');
    const { problems } = await importFile(client, `${file}\n:: Hall\nAgain.`);
    const told = problems.nodes.map(({ code, passage, nodeKey, storyTitle }: any) => [
      ...[code, passage, nodeKey, storyTitle],
    ]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['DUPLICATE_PASSAGE', 'Hall', null, null],
        ['OVER_LIMIT', 'Hall', 'Hall', 'The Cellar'],
      ]),
    );
  });

  it('counts links and pieces of code, and lists those that are asked for', async () => {
    const file = twee(
      '[[Away->Nowhere]] <<link "On" $place>><</link>> <<fancy>>',
      '3F1D9C2E-7A54-4B0B-9E55-2C4A1B7D8E90',
    );
    const { id } = await importFile(client, file);
    const look = async (variables: object) => {
      const { importJob } = await client.get(REPORT, { id, first: 1, ...variables });
      return importJob.stories.nodes[0].report;
    };
    const all = await look({});
    expect(all.linkCounts).toEqual({ total: 4, literal: 2, macro: 1, computed: 1, broken: 1 });
    expect(all.constructCounts).toEqual({ total: 3, mapped: 1, kept: 2, dropped: 0 });
    expect(all.links.totalCount).toBe(4);
    const named = ({ nodes }: any) => nodes.map(({ name }: any) => name);
    const kept = await look({ code: { outcome: 'KEPT' }, links: { kind: 'COMPUTED' } });
    expect(named(kept.constructs)).toEqual(['<<fancy>>', '<<fancy>>']);
    expect(kept.links.nodes.map(({ target }: any) => target)).toEqual([null]);
    expect(kept.constructCounts).toEqual(all.constructCounts);
    const broken = await look({ links: { isBroken: true } });
    expect(broken.links.nodes.map(({ target }: any) => target)).toEqual(['Nowhere']);
    expect((await look({ links: { kind: 'LITERAL', isBroken: true } })).links.totalCount).toBe(1);
    const { message } = await client.fail(
      `query ($id: ID!, $after: String) { importJob(id: $id) { stories { nodes { report {
         constructs(after: $after, filter: { outcome: MAPPED }) { totalCount } } } } } }`,
      { id, after: kept.constructs.pageInfo.endCursor },
    );
    expect(message).toBe('after: must be a cursor that this list returned');
  });

  it('gives the first hundred of everything of five stories in one answer', async () => {
    const { id } = await importFile(client, twee('Warm.', '6A0E4B1C-9D3F-4E21-8B7A-5F6C2D1E0A93'));
    const { importJob } = await client.get(REPORT, { id, first: 5 });
    expect(importJob.stories.nodes[0].report.constructs.totalCount).toBe(2);
  });

  it('takes all stories of an archive, as an upload too, which a dry run leaves', async () => {
    const archive =
      archived('One', '11111111-1111-4111-8111-111111111111') +
      archived('Two', '22222222-2222-4222-8222-222222222222');
    const uploadId = await uploader.send('IMPORT', 'archive.html', Buffer.from(archive));
    const input = { uploadId, format: 'TWINE_ARCHIVE' };
    const dry = await importFile(client, undefined, { ...input, dryRun: true });
    const real = await importFile(client, undefined, input);
    for (const job of [dry, real]) {
      expect(outcomes(job)).toEqual([
        ['One', 'CREATED', 2, 1],
        ['Two', 'CREATED', 2, 1],
      ]);
    }
    const query = `mutation ($input: ImportStoriesInput!) { importStories(input: $input) { id } }`;
    expect((await client.fail(query, { input })).extensions.code).toBe('NOT_FOUND');
    expect((await client.fail(query, { input: { ...input, content: 'x' } })).message).toBe(
      'input.content: give the file itself, or the id of its upload: one of the two',
    );
  });

  it('tells an editor of the shared story that a file is of, and writes it when it is named', async () => {
    const ifid = 'A1B2C3D4-DEFA-4F70-B7A2-27742230C0FC';
    const owned = await importFile(client, twee('It is cold.', ifid));
    const { id } = owned.stories.nodes[0].story;
    const editor = await talegraph.factory.newAuthor();
    const { userId } = editor.viewer;
    const shared = { storyId: keyOf(id), userId, role: 'editor', addedBy: userId } as const;
    await talegraph.app.get(CollaboratorRepository).put(shared);
    const theirs = talegraph.client.as(editor.token);
    const told = (job: any) =>
      job.problems.nodes
        .filter(({ code }: any) => code === 'SHARED_STORY')
        .map(({ severity, message, fix }: any) => `${severity} ${message} ${fix}`);
    const dry = await importFile(theirs, twee('It is dry.', ifid), { dryRun: true });
    expect(outcomes(dry)).toEqual([['The Cellar', 'CREATED', 2, 2]]);
    expect(told(dry)).toEqual([
      `WARNING A story that is shared with you has the IFID ${ifid}; this one becomes a story of your own. To write the one that is shared with you, name it: storyId ${id}.`,
    ]);
    const named = await importFile(theirs, twee('It is dry.', ifid), { storyId: id });
    expect(outcomes(named)).toEqual([['The Cellar', 'UPDATED', 2, 2]]);
    expect(told(named)).toEqual([]);
    const stranger = talegraph.client.as((await talegraph.factory.newAuthor()).token);
    expect(told(await importFile(stranger, twee('It is dry.', ifid), { dryRun: true }))).toEqual(
      [],
    );
  });
});
