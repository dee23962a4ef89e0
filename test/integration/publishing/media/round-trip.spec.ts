import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { startApp, type TestApp } from '../../../support/app.js';
import { outcomes, problemsIn } from '../../../support/importing.js';
import { mp3, noise, picture, recording, wav } from '../../../support/sample-media.js';
import { storedFiles, Uploader } from '../../../support/uploading.js';
import { DocumentStories, medium, oneNode, type Written } from './document-stories.js';

const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((each) => !each.includes('\0'));
const alt = text.map((each) => `A${each}`.trim());

/** Some of these media, with what is to be shown and played where. */
const anyUse = (images: number, recordings: number) => {
  const use = (prefix: string, count: number) =>
    fc.record({ media: fc.nat(count - 1).map((i) => `${prefix}${i}`), alt });
  return fc.record({
    cover: fc.option(use('image', images), { nil: undefined }),
    nodes: fc.array(
      fc.record({
        image: fc.option(use('image', images), { nil: undefined }),
        audio: fc.option(use('audio', recordings), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  });
};

/** A story without what is made anew elsewhere: the bytes of images. */
const withoutPixels = (story: Written): Written => ({
  ...story,
  media: story.media?.map(({ data, sha256, ...rest }: Written) =>
    rest.kind === 'image' ? rest : { ...rest, data, sha256 },
  ),
});

describe('images and recordings in Talegraph JSON', () => {
  let talegraph: TestApp;
  let mine: DocumentStories;
  let theirs: DocumentStories;
  let pool: ReturnType<typeof medium>[];
  let n = 0;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory } = talegraph;
    mine = new DocumentStories(talegraph, new Uploader(talegraph, await factory.newAuthor()));
    theirs = new DocumentStories(talegraph, new Uploader(talegraph, await factory.newAuthor()));
    pool = [
      medium('image0', 'wall.png', await picture(64, 32).png().toBuffer()),
      medium('image1', 'snow.png', await noise(32).png().toBuffer()),
      medium('audio0', 'wind.opus', recording('opus.ogg')),
      medium('audio1', 'bell.mp3', mp3(20)),
    ];
  });
  afterAll(() => talegraph.close());

  const rows = async () =>
    (
      await talegraph.database.query(
        'SELECT (SELECT count(*)::int FROM media) AS media, (SELECT count(*)::int FROM uploads WHERE media_id IS NOT NULL) AS uploads',
      )
    )[0];

  it('go out and come in exactly, whatever is shown and played where', async () => {
    await fc.assert(
      fc.asyncProperty(anyUse(2, 2), async ({ cover, nodes }) => {
        const slug = `tale-${++n}`;
        const used = new Set(
          [cover, ...nodes.flatMap((node) => [node.image, node.audio])].map((use) => use?.media),
        );
        const story = {
          slug,
          title: 'Tale',
          cover,
          media: pool.filter(({ key }) => used.has(key)),
          nodes: nodes.map((media, i) => ({
            ...{ key: `n${i}`, title: 'N', content: '', type: 'story', ...media },
          })),
        };
        expect(outcomes(await mine.imported(story))).toEqual([
          ['Tale', 'CREATED', nodes.length, 0],
        ]);
        const first = await mine.exported(slug);
        expect(first.media?.every(({ data }: Written) => data !== undefined) ?? true).toBe(true);

        const before = [await rows(), storedFiles(talegraph)];
        await mine.imported(first);
        await mine.imported({ ...first, slug: `${slug}-copy` });
        expect([await mine.exported(slug), await mine.exported(`${slug}-copy`)]).toEqual([
          first,
          { ...first, slug: `${slug}-copy` },
        ]);
        // It is there already: nothing is kept twice.
        expect([await rows(), withoutImports(storedFiles(talegraph))]).toEqual([
          before[0],
          withoutImports(before[1] as object),
        ]);

        const elsewhere = { ...first, slug: `${slug}-elsewhere` };
        await theirs.imported(elsewhere);
        const second = await theirs.exported(elsewhere.slug);
        expect(withoutPixels(second)).toEqual(withoutPixels(elsewhere));
        expect(outcomes(await theirs.imported(elsewhere))[0]![1]).toBe('UNCHANGED');
      }),
      { numRuns: 4 },
    );
  }, 120_000);

  const withoutImports = (files: object) =>
    Object.fromEntries(Object.entries(files).filter(([name]) => name.startsWith('media/')));

  it('look the same elsewhere, and sound the same to the byte', async () => {
    const [image, , audio] = pool as [any, any, any];
    const story = oneNode(
      'looks',
      {
        image: { media: 'image0', alt: 'A wall.' },
        audio: { media: 'audio0' },
      },
      { media: [image, audio] },
    );
    await mine.imported(story);
    const first = await mine.exported('looks');
    await theirs.imported({ ...first, slug: 'looks-elsewhere' });
    const second = await theirs.exported('looks-elsewhere');
    const pixels = (each: Written) =>
      sharp(Buffer.from(each.media[0].data, 'base64')).raw().toBuffer({ resolveWithObject: true });
    const [one, other] = [await pixels(first), await pixels(second)];
    expect(other.info).toMatchObject({ width: 64, height: 32 });
    const off = one.data.map((value, i) => Math.abs(value - other.data[i]!));
    expect(off.reduce((sum, each) => sum + each) / off.length).toBeLessThan(2);
    expect(second.media[1]).toEqual(first.media[1]);
    expect(first.media[1].data).toBe(audio.data);
  });

  it('stay where a document says nothing of them, change where it does, and go where it says null', async () => {
    const at = (node: object, story: object = {}) => mine.imported(oneNode('stays', node, story));
    const media = (key: string) => ({ media: pool.filter((each) => each.key === key) });
    const seen = async () => {
      const { cover, nodes, media: list } = await mine.exported('stays');
      const nameOf = (use: Written | undefined) =>
        use && [list.find(({ key }: Written) => key === use.media).filename, use.alt];
      return [nameOf(cover), nameOf(nodes[0].image), nameOf(nodes[0].audio)];
    };
    const wall = { media: 'image0', alt: 'A wall.' };
    await at(
      { image: wall, audio: { media: 'audio0', alt: 'Wind.' } },
      { cover: wall, media: [...media('image0').media, ...media('audio0').media] },
    );
    const all = [
      ['wall.png', 'A wall.'],
      ['wall.png', 'A wall.'],
      ['wind.opus', 'Wind.'],
    ];
    expect(await seen()).toEqual(all);
    expect(outcomes(await at({}))).toEqual([['stays', 'UNCHANGED', 1, 0]]);
    expect(await seen()).toEqual(all);
    const snow = { media: 'image1', alt: 'Snow.' };
    expect(outcomes(await at({ image: snow }, media('image1')))[0]![1]).toBe('UPDATED');
    expect(await seen()).toEqual([all[0], ['snow.png', 'Snow.'], all[2]]);
    await at({ audio: null }, { cover: null });
    expect(await seen()).toEqual([undefined, ['snow.png', 'Snow.'], undefined]);
    await at({ image: null });
    expect(await mine.exported('stays')).not.toHaveProperty('media');
  });

  it('are found by their hash where their bytes are left out, and else are told of and left alone', async () => {
    const story = oneNode('by-hash', { audio: { media: 'audio0' } }, { media: [pool[2]] });
    await mine.imported(story);
    const whole = await mine.exported('by-hash');
    const [{ data: _, ...bare }] = whole.media;
    await mine.imported({ ...whole, slug: 'by-hash-2', media: [bare] });
    expect(await mine.exported('by-hash-2')).toEqual({ ...whole, slug: 'by-hash-2' });
    const stranger = new DocumentStories(
      talegraph,
      new Uploader(talegraph, await talegraph.factory.newAuthor()),
    );
    const job = await stranger.imported({ ...whole, slug: 'by-hash-3', media: [bare] });
    expect(outcomes(job)).toEqual([['by-hash', 'CREATED', 1, 0]]);
    expect(problemsIn(job)).toContainEqual(
      expect.stringMatching(
        /^by-hash \d+:\d+ WARNING media\.0: its bytes are not in the file, and neither you nor the story has them/,
      ),
    );
    expect(job.problems.nodes).toContainEqual(expect.objectContaining({ code: 'MISSING_MEDIUM' }));
    expect(await stranger.exported('by-hash-3')).not.toHaveProperty('media');
  });

  it('that are given twice are one', async () => {
    const twice = ['x', 'y'].map((key) => ({ ...medium(key, 'tone.wav', wav(1)) }));
    const before = await rows();
    const story = oneNode('twice', { audio: { media: 'y' } }, { media: twice });
    story.nodes.push({ ...story.nodes[0], key: 'b', start: false, audio: { media: 'x' } });
    await mine.imported(story);
    expect(await rows()).toEqual({
      media: Number(before.media) + 1,
      uploads: Number(before.uploads) + 1,
    });
    const { media, nodes } = await mine.exported('twice');
    expect([media.length, nodes.map(({ audio }: Written) => audio)]).toEqual([
      1,
      [{ media: 'm1' }, { media: 'm1' }],
    ]);
  });

  it('are not made by a dry run, which tells what would be', async () => {
    const before = [await rows(), withoutImports(storedFiles(talegraph))];
    const fresh = medium('x', 'tone.wav', wav(2));
    const story = oneNode('dry', { audio: { media: 'x' } }, { media: [fresh] });
    expect(outcomes(await mine.imported(story, { dryRun: true }))[0]![1]).toBe('CREATED');
    expect([await rows(), withoutImports(storedFiles(talegraph))]).toEqual(before);
    await mine.imported(story);
    const other = { ...story, media: [medium('x', 'tone.wav', wav(3))] };
    expect(outcomes(await mine.imported(other, { dryRun: true }))[0]![1]).toBe('UPDATED');
    expect(outcomes(await mine.imported(story, { dryRun: true }))[0]![1]).toBe('UNCHANGED');
  });
});
