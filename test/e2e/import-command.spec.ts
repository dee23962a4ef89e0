import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../src/config/project-root.js';
import { writeTalegraphJson } from '../../src/publishing/formats/json/talegraph-json.js';
import type { StoryDocument } from '../../src/publishing/formats/story-document.js';
import { startApp, type TestApp } from '../support/app.js';
import { fingerprint } from '../support/fingerprint.js';

const story = (slug: string, content: string): StoryDocument => ({
  slug,
  title: `Story ${slug}`,
  nodes: [
    {
      key: '1',
      title: 'One',
      content,
      type: 'story',
      start: true,
      choices: [{ text: 'On', to: '2' }],
    },
    { key: '2', title: 'Two', content: 'End.', type: 'ending' },
  ],
});

/** What an operator does at the command line, beside a running server. */
describe('story import', () => {
  let talegraph: TestApp;
  let folder: string;
  beforeAll(async () => {
    talegraph = await startApp();
    folder = mkdtempSync(join(tmpdir(), 'talegraph-import-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await talegraph.close();
  });

  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  const run = (...args: string[]) =>
    new Promise<{ code: number; output: string; errors: string }>((resolve) => {
      const program = join(projectRoot, 'dist', 'src', 'cli.js');
      const command = [program, 'story', 'import', ...args];
      execFile(process.execPath, command, { env: process.env }, (error, stdout, stderr) => {
        const output = stdout.replaceAll(`${folder}/`, '');
        resolve({ code: Number(error?.code ?? 0), output, errors: stderr });
      });
    });

  it('needs an author', async () => {
    expect(await run(file('a.json', writeTalegraphJson([story('a', '')])))).toEqual({
      code: 1,
      output: '',
      errors: 'There is no administrator: name an author with --author.\n',
    });
    expect(await run('x.json', '--author', 'nobody')).toMatchObject({
      code: 1,
      errors: 'There is no author nobody.\n',
    });
  }, 60_000);

  it('tries, imports and updates the stories of files, and prints what became of them', async () => {
    const { username } = await talegraph.factory.newAuthor();
    const one = file('one.json', writeTalegraphJson([story('one', 'First.')]));
    const bad = file(
      'bad.json',
      writeTalegraphJson([story('two', 'Hi.'), story('bad', '{{ gold }}')]),
    );
    const before = await fingerprint(talegraph.database);
    const report = [
      'Story one: created, 2 nodes, 1 choices',
      'Story two: created, 2 nodes, 1 choices',
      'bad.json:37:26: error FAULTY_RULE: Node 1, content, line 1, column 4: There is no variable gold. Did you mean roll?',
      'Story bad: refused, 2 nodes, 1 choices',
      '',
    ].join('\n');
    expect(await run(one, bad, '--author', username, '--dry-run')).toEqual({
      code: 1,
      output: report.replaceAll(': created', ': would be created'),
      errors: '',
    });
    expect(await fingerprint(talegraph.database)).toEqual(before);
    expect(await run(one, bad, '--author', username)).toMatchObject({ code: 1, output: report });
    expect(await talegraph.database.query(`SELECT slug FROM stories ORDER BY story_id`)).toEqual([
      { slug: 'one' },
      { slug: 'two' },
    ]);
    expect(await run(one, '--author', username)).toMatchObject({
      code: 0,
      output: 'Story one: unchanged, 2 nodes, 1 choices\n',
    });
  }, 60_000);

  it('tells what it would do to a draft, and which edits of whom it would overwrite', async () => {
    const author = await talegraph.factory.newAuthor();
    const cave = (content: string, ...more: StoryDocument['nodes']) => {
      const { nodes, ...rest } = story('cave', content);
      return file('cave.json', writeTalegraphJson([{ ...rest, nodes: [...nodes, ...more] }]));
    };
    const attic = { key: 'attic', title: 'Attic', content: 'Dust.', type: 'ending' } as const;
    await run(cave('Dark.', attic), '--author', author.username);
    const [{ id }] = await talegraph.database.query(
      `SELECT node_id AS id FROM story_nodes JOIN stories USING (story_id) WHERE slug = 'cave' AND node_key = 'attic'`,
    );
    await talegraph.client
      .as(author.token)
      .get(
        `mutation ($id: ID!, $input: UpdateNodeInput!) { updateNode(id: $id, input: $input) { id } }`,
        {
          id: `nod_${id}`,
          input: { revision: 1, content: 'Mine.' },
        },
      );

    const bright = cave('Bright.', { ...attic, key: 'cellar' });
    const dry = await run(bright, '--author', author.username, '--dry-run');
    expect(dry.code).toBe(0);
    const [time] = /\d{4}-\S+Z/.exec(dry.output)!;
    const headOf = (fate: string) => [
      'cave.json:28:9: warning UNREACHABLE_NODE: No path from the start leads to node cellar. Lead a choice to it, or delete it.',
      `Story cave: ${fate}, 3 nodes, 1 choices`,
      '  1 added, 1 removed, 1 changed, 0 moved',
    ];
    const warning = `  removes node attic, changed by ${author.username} at ${time} (content)`;
    expect(dry.output.split('\n')).toEqual([
      ...headOf('would be updated'),
      '    removed node attic',
      '    changed node 1: content',
      '    added node cellar',
      warning,
      '',
    ]);
    const real = await run(bright, '--author', author.username);
    expect(real.output.split('\n')).toEqual([...headOf('updated'), warning, '']);
  }, 60_000);

  it('says what is the matter with a file that it cannot read', async () => {
    const { username } = await talegraph.factory.newAuthor();
    const missing = join(folder, 'missing.json');
    expect(await run(missing, '--author', username)).toMatchObject({
      code: 1,
      errors: `There is no file ${missing}.\n`,
    });
    expect(await run(folder, '--author', username)).toMatchObject({
      code: 1,
      errors: `${folder} is a folder, not a file.\n`,
    });
  }, 60_000);

  it('ends quietly where its output is not read to the end, and does its work', async () => {
    const { username } = await talegraph.factory.newAuthor();
    const stories = Array.from({ length: 50 }, (_, i) => story(`piped-${i}`, ''));
    const path = file('piped.json', writeTalegraphJson(stories));
    const program = join(projectRoot, 'dist', 'src', 'cli.js');
    const child = spawn(
      process.execPath,
      [program, 'story', 'import', path, '--author', username],
      {
        env: process.env,
      },
    );
    child.stdout.destroy();
    let errors = '';
    child.stderr.on('data', (chunk) => (errors += String(chunk)));
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const [{ count }] = await talegraph.database.query<any[]>(
      `SELECT count(*)::int AS count FROM stories WHERE slug LIKE 'piped-%'`,
    );
    expect(count).toBe(50);
  }, 60_000);

  it('says how to get the report of a Twine story whose code is not all translated', async () => {
    const { username } = await talegraph.factory.newAuthor();
    const passages = [
      ':: StoryTitle\nDrums',
      ':: StoryData\n{"ifid":"D674C58C-DEFA-4F70-B7A2-27742230C0FC","format":"SugarCube","format-version":"2.36.1","start":"Start"}',
      ':: Start\n<<drum>>Hi.',
    ];
    const path = file('drums.twee', passages.join('\n\n'));
    const { output } = await run(path, '--author', username, '--dry-run');
    expect(output).toContain('KEPT_CODE: One piece of code was not translated');
    expect(output).toContain('  "--dry-run --json" prints the report, with the place of each.\n');
  }, 60_000);

  it('gives the report as JSON', async () => {
    await talegraph.factory.newAdmin();
    const path = file('three.json', writeTalegraphJson([story('three', '')]));
    const { code, output } = await run(path, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(output)).toEqual([
      {
        file: 'three.json',
        problems: [],
        stories: [
          {
            title: 'Story three',
            action: 'created',
            storyId: expect.stringMatching(/^sty_\d+$/),
            slug: 'three',
            nodeCount: 2,
            choiceCount: 1,
            problems: [
              {
                severity: 'warning',
                code: 'EMPTY_CONTENT',
                place: { line: 9, column: 9 },
                message: 'Node 1 has no text.',
                fix: 'Write its text.',
                nodeKey: '1',
              },
            ],
            problemCount: 1,
            report: null,
            changes: null,
          },
        ],
      },
    ]);
  }, 60_000);
});
