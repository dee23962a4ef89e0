import { describe, expect, it } from '@jest/globals';
import { sampleStories } from '../../seeds/sample-story.js';
import { proofFindings } from '../../src/engine/core/prover/findings.js';
import { prove } from '../../src/engine/core/prover/prove.js';
import { simulate } from '../../src/engine/core/simulate.js';
import { compile } from '../../src/engine/core/story.js';
import { validate } from '../../src/engine/core/validate.js';
import { toDraftContent } from '../../src/publishing/documents/document-mapper.js';

const PLAYS = 2000;

describe('the sample stories', () => {
  const samples = sampleStories();
  const stories = samples.map((sample) => toDraftContent(sample));
  const nodes = stories.flatMap((story) => story.nodes);
  const choices = nodes.flatMap((node) => node.choices);

  it('are several, each under a slug of its own', () => {
    const slugs = samples.map(({ slug }) => slug);
    expect(slugs.length).toBeGreaterThanOrEqual(4);
    expect(new Set(slugs).size).toBe(slugs.length);
  });

  it('use everything that stories can declare', () => {
    const schemas = stories.map(({ schema }) => schema ?? {});
    const variables = schemas.flatMap((schema) => schema.variables ?? []);
    expect(new Set(variables.map(({ type }) => type))).toEqual(
      new Set(['int', 'number', 'bool', 'string']),
    );
    for (const is of ['shown', 'readerWritable', 'min', 'max'] as const)
      expect([is, variables.some((each) => is in each)]).toEqual([is, true]);
    expect(variables.some(({ shown }) => !shown)).toBe(true);
    for (const list of ['items', 'stats', 'artifacts', 'endings'] as const)
      expect([list, schemas.some((schema) => (schema[list] ?? []).length > 0)]).toEqual([
        list,
        true,
      ]);
    const protagonists = schemas.flatMap((schema) => schema.protagonists ?? []);
    expect(protagonists.length).toBeGreaterThanOrEqual(2);
    for (const own of ['start', 'variables', 'stats', 'items'] as const)
      expect([own, protagonists.some((who) => own in who)]).toEqual([own, true]);
    expect(schemas.some(({ undo }) => undo)).toBe(true);
  });

  it('use every rule that nodes and choices can have', () => {
    const effects = [...nodes, ...choices].flatMap((each) => each.effects ?? []);
    expect(new Set(effects.map(({ op }) => op))).toEqual(
      new Set(['set', 'add', 'sub', 'toggle', 'give', 'take', 'award', 'unlock']),
    );
    const puzzles = choices.flatMap(({ puzzle }) => puzzle ?? []);
    expect(new Set(puzzles.map(({ kind }) => kind))).toEqual(
      new Set(['text', 'number', 'sequence', 'set']),
    );
    for (const part of ['attempts', 'hints'] as const)
      expect([part, puzzles.some((puzzle) => part in puzzle)]).toEqual([part, true]);
    const conditional = choices.filter(({ condition }) => condition !== undefined);
    expect(conditional.some(({ lockedText }) => lockedText === undefined)).toBe(true);
    expect(conditional.some(({ lockedText }) => lockedText !== undefined)).toBe(true);
    for (const name of ['visits', 'turn', 'inventory', 'stats', 'artifacts', 'protagonist']) {
      const rules = choices
        .map(({ condition = '', check = '' }) => `${condition} ${check}`)
        .join(' ');
      expect([name, rules.includes(name)]).toEqual([name, true]);
    }
    for (const rule of ['check', 'failTo', 'after', 'puzzle'] as const)
      expect([rule, choices.some((choice) => rule in choice)]).toEqual([rule, true]);
    expect(nodes.some(({ ending }) => ending !== undefined)).toBe(true);
    expect(nodes.some(({ content }) => content.includes('{%'))).toBe(true);
    expect(choices.some(({ lockedText }) => lockedText?.includes('{{'))).toBe(true);
  });
});

describe.each(sampleStories().map((sample) => [sample.title, sample] as const))(
  'the sample story %s',
  (_, sample) => {
    const definition = toDraftContent(sample);
    const story = compile(definition);
    const endings = definition.nodes.filter(({ type }) => type === 'ending');

    it('has 12 to 80 nodes', () => {
      expect(story.nodes.length).toBeGreaterThanOrEqual(12);
      expect(story.nodes.length).toBeLessThanOrEqual(80);
    });

    it('has several endings, of at least three kinds, each of a known one', () => {
      const kinds = new Set(endings.map(({ endingKind }) => endingKind));
      expect(endings.length).toBeGreaterThan(3);
      expect(kinds.size).toBeGreaterThanOrEqual(3);
      expect([...kinds].filter((kind) => kind === null)).toEqual([]);
    });

    it('gives the validator nothing to find', () => {
      expect(validate(story)).toEqual([]);
    });

    it('is proved to strand nobody, and to show every node, choice and collectible to somebody', () => {
      const proof = prove(story);
      expect(proof.isComplete).toBe(true);
      expect(proofFindings(story, proof)).toEqual([]);
      const verdicts = [...proof.nodes, ...proof.choices, ...proof.collectibles.values()];
      expect(verdicts.filter(({ status }) => status !== 'reachable')).toEqual([]);
    });

    it(`strands none of ${PLAYS.toLocaleString('en')} random readers`, () => {
      const { stuck, ended, nodeCoverage } = simulate(story, { plays: PLAYS, seed: 'samples' });
      expect(stuck).toBe(0);
      expect(ended).toBeGreaterThan(0);
      expect(nodeCoverage).toBeGreaterThan(0.9);
    });
  },
);
