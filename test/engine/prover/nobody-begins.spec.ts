import { expect, it } from '@jest/globals';
import type { StoryDefinition } from '../../../src/engine/core/definition.js';
import { proofFindings } from '../../../src/engine/core/prover/findings.js';
import { prove } from '../../../src/engine/core/prover/prove.js';
import { compile } from '../../../src/engine/core/story.js';
import { storyOf, withNode } from '../../support/definitions.js';

function codesOf(definition: StoryDefinition): string[] {
  const story = compile(definition);
  return proofFindings(story, prove(story)).map(({ code }) => code);
}

it('says of a story without nodes that it is empty', () => {
  expect(codesOf({ nodes: [] })).toEqual(['EMPTY_STORY']);
});

it('says of a story without a start that it has none', () => {
  const story = storyOf({ hall: ['end'], end: [] });
  expect(codesOf(story)).toEqual([]);
  expect(codesOf(withNode(story, 'hall', { isStart: false }))).toEqual(['NO_START']);
});
