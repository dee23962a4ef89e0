import { describe, expect, it } from '@jest/globals';
import { builtInTemplates } from '../../seeds/built-in-templates.js';
import { proofFindings } from '../../src/engine/core/prover/findings.js';
import { prove } from '../../src/engine/core/prover/prove.js';
import { compile } from '../../src/engine/core/story.js';
import { validate } from '../../src/engine/core/validate.js';
import { toDraftContent } from '../../src/publishing/documents/document-mapper.js';

describe('the templates that come with Talegraph', () => {
  const templates = builtInTemplates();

  it('are the six that authors begin with most', () => {
    expect(templates.map(({ slug }) => slug)).toEqual([
      'branching-tale',
      'dialogue-with-stats',
      'dungeon-with-inventory',
      'hub-and-spokes',
      'mystery-with-clues',
      'timed-escape',
    ]);
  });

  it.each(templates)('$slug has no fault, and no reader can get stuck in it', ({ document }) => {
    const story = compile(toDraftContent(document));
    expect(validate(story)).toEqual([]);
    const proof = prove(story);
    expect(proof.isComplete).toBe(true);
    expect(proofFindings(story, proof)).toEqual([]);
  });

  it.each(templates)('$slug has a place on the map for each node', ({ document: { nodes } }) => {
    const places = nodes.map(({ position }) => `${position?.x} ${position?.y}`);
    expect(new Set(places).size).toBe(nodes.length);
    expect(places.join()).not.toContain('undefined');
  });

  it('use what their names promise', () => {
    const of = (slug: string) => templates.find((template) => template.slug === slug)!.document;
    const choices = (slug: string) => of(slug).nodes.flatMap((node) => node.choices ?? []);
    expect(of('mystery-with-clues').schema?.artifacts).toHaveLength(3);
    expect(of('dungeon-with-inventory').schema?.items).toHaveLength(3);
    expect(choices('dungeon-with-inventory').filter(({ check }) => check)).toHaveLength(2);
    expect(choices('timed-escape').filter(({ afterSeconds }) => afterSeconds)).toHaveLength(3);
    expect(of('dialogue-with-stats').schema?.stats).toHaveLength(3);
    expect(choices('hub-and-spokes').filter(({ to }) => to === 'square')).toHaveLength(6);
  });
});
