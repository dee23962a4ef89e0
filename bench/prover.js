import { performance } from 'node:perf_hooks';
import { sampleStories } from '../dist/seeds/sample-story.js';
import { proofFindings } from '../dist/src/engine/core/prover/findings.js';
import { prove } from '../dist/src/engine/core/prover/prove.js';
import { compile } from '../dist/src/engine/core/story.js';
import { toDraftContent } from '../dist/src/publishing/documents/document-mapper.js';
import { observableStory } from './stories.js';

const ROUNDS = 5;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Proves a story several times. Prints the median time, and what was shown. */
function measure(name, definition, mostStates) {
  const story = compile(definition);
  const seconds = [];
  let proof;
  for (let round = -1; round < ROUNDS; round++) {
    const begun = performance.now();
    proof = prove(story, mostStates);
    if (round >= 0) seconds.push((performance.now() - begun) / 1000);
  }
  const taken = median(seconds);
  const rate = Math.round(proof.states / taken).toLocaleString('en-GB');
  console.log(
    `${name}: ${proof.states.toLocaleString('en-GB')} states in ${taken.toFixed(3)} s (${rate} /s), ` +
      `${proof.isComplete ? 'all of them' : 'not all of them'}, ${proofFindings(story, proof).length} findings`,
  );
}

for (const sample of sampleStories()) measure(sample.title, toDraftContent(sample));
for (const apart of [1, 4, 12]) {
  const definition = observableStory(1000, 12, apart);
  measure(`1,000 nodes, 12 variables, ${apart} observed at a time`, definition, 2_000_000);
}
