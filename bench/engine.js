import { performance } from 'node:perf_hooks';
import { Compiler } from 'inkjs/full';
import { evaluator } from '../dist/src/engine/core/expressions/evaluate.js';
import { parseExpression } from '../dist/src/engine/core/expressions/expression.js';
import { initialMemory } from '../dist/src/engine/core/machine.js';
import { choose, start } from '../dist/src/engine/core/play.js';
import { seededRandom } from '../dist/src/engine/core/random.js';
import { Simulator } from '../dist/src/engine/core/simulate.js';
import { compile } from '../dist/src/engine/core/story.js';
import { validate } from '../dist/src/engine/core/validate.js';
import { eventfulStory, lcg, plainStory, toInk } from './stories.js';

const ROUNDS = 7;
const collectGarbage = globalThis.gc ?? (() => undefined);

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Runs each of `works` in turn, round after round, after a round to warm up. @returns the medians of their answers */
function interleaved(works) {
  const answers = works.map(() => []);
  for (let round = -1; round < ROUNDS; round++) {
    works.forEach((work, i) => {
      const answer = work();
      if (round >= 0) answers[i].push(answer);
    });
  }
  return answers.map(median);
}

/** How often a second `work` does one of what it counts. */
function perSecond(work) {
  const begun = performance.now();
  const count = work();
  return (count * 1000) / (performance.now() - begun);
}

const thousands = (value) => Math.round(value).toLocaleString('en-GB');

const definition = eventfulStory(100);
const story = compile(definition);
const faults = [
  ...story.problems,
  ...validate(story).filter(({ severity }) => severity === 'error'),
];
if (faults.length > 0) throw new Error(`The generated story is faulty: ${faults[0].message}`);

function simulated(strategy) {
  const simulator = new Simulator(story, { plays: 5000, seed: 'bench', strategy });
  return perSecond(() => {
    while (simulator.play());
    return simulator.tally.steps;
  });
}

const STEPS = 3000;

/** A server's step: the state comes as text and goes as text. */
function ourSteps() {
  const random = seededRandom('bench');
  let text = JSON.stringify(start(story).state);
  return perSecond(() => {
    for (let made = 0; made < STEPS;) {
      const state = JSON.parse(text);
      const { choices } = story.nodes[story.indexOfNode.get(state.node)];
      if (choices.length === 0) {
        text = JSON.stringify(start(story).state);
        continue;
      }
      const step = choose(story, state, choices[Math.floor(random() * choices.length)].id, {
        random,
      });
      if ('rejected' in step) continue;
      text = JSON.stringify(step.state);
      made += 1;
    }
    return STEPS;
  });
}

const ink = new Compiler(toInk(definition)).Compile();

function inkSteps() {
  const random = lcg(7);
  const begin = () => {
    ink.ResetState();
    ink.state.storySeed = 42;
    ink.ContinueMaximally();
    return ink.state.ToJson();
  };
  let text = begin();
  return perSecond(() => {
    for (let made = 0; made < STEPS;) {
      ink.state.LoadJson(text);
      const open = ink.currentChoices.length;
      if (open === 0) {
        text = begin();
        continue;
      }
      ink.ChooseChoiceIndex(Math.floor(random() * open));
      ink.ContinueMaximally();
      text = ink.state.ToJson();
      made += 1;
    }
    return STEPS;
  });
}

function nanosecondsOf(source) {
  const expression = parseExpression(source, story.layout, 'bool');
  if ('message' in expression) throw new Error(expression.message);
  const isOpen = evaluator(expression);
  const memories = Array.from({ length: 64 }, (_, i) => {
    const memory = initialMemory(story, undefined);
    memory[story.layout.find('variable', 'gold').index] = i;
    memory[story.layout.turn.index] = i % 9;
    return memory;
  });
  return () => {
    let open = 0;
    const times = 2_000_000;
    const begun = performance.now();
    for (let i = 0; i < times; i++) if (isOpen(memories[i & 63])) open += 1;
    const taken = performance.now() - begun;
    if (open < 0) throw new Error('Never.');
    return (taken * 1e6) / times;
  };
}

function validated(size) {
  const plain = plainStory(size);
  const seconds = [];
  const kept = [];
  for (let round = 0; round < 5; round++) {
    collectGarbage();
    const before = process.memoryUsage();
    const begun = performance.now();
    const compiled = compile(plain);
    const findings = validate(compiled);
    seconds.push((performance.now() - begun) / 1000);
    collectGarbage();
    const after = process.memoryUsage();
    kept.push((after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6);
    // Used after the measure, so that it is not collected before.
    if (compiled.nodes.length !== size || compiled.rules.length !== compiled.choices.length)
      throw new Error('Parts are missing.');
    if (findings.some(({ severity }) => severity === 'error')) throw new Error(findings[0].message);
  }
  return { seconds: median(seconds), megabytes: Math.max(...kept) };
}

const sizes = () => {
  for (const size of [10_000, 100_000, 1_000_000]) {
    const { seconds, megabytes } = validated(size);
    console.log(
      `compile and validate ${thousands(size)} nodes: ${seconds.toFixed(3)} s, ` +
        `${((seconds * 1e6) / size).toFixed(2)} us a node, ${megabytes.toFixed(1)} MB kept`,
    );
  }
};
if (process.argv[2] === 'validate') {
  sizes();
  process.exit();
}

const strategies = ['uniform', 'prefer-unseen', 'readers'];
const rates = interleaved(strategies.map((strategy) => () => simulated(strategy)));
strategies.forEach((name, i) => console.log(`simulate, ${name}: ${thousands(rates[i])} steps/s`));

const [ours, theirs] = interleaved([ourSteps, inkSteps]);
console.log(`a step with JSON in and out: ${thousands(ours)} /s`);
console.log(
  `the same with inkjs: ${thousands(theirs)} /s (we make ${(ours / theirs).toFixed(1)} times as many)`,
);

const conditions = [
  'gold >= 3',
  'gold < 40 || lamp',
  '"rope" in inventory || turn > 5',
  'stats.health > 2 && !cursed',
  'gold + turn * 2 >= 9 && (lamp || !cursed)',
];
const times = interleaved(conditions.map(nanosecondsOf));
conditions.forEach((source, i) => console.log(`${times[i].toFixed(1)} ns: ${source}`));
console.log(`${median(times).toFixed(1)} ns: the median condition`);

sizes();
