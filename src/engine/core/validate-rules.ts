import { achievementProblems } from './achievements.js';
import type { ChoiceDefinition, NodeDefinition } from './definition.js';
import { a } from './expressions/expression.js';
import { BUILT_IN, NAMESPACES } from './expressions/names.js';
import type { Finding } from './finding.js';
import { NONE } from './graph.js';
import { fitted } from './layout.js';
import { repeated } from './repeated.js';
import { isOfType, NO_RULES } from './rules.js';
import type { CompiledStory } from './story.js';
import { unusedSlots } from './usage.js';

/** The kinds of fault in declarations and rules. */
export type RuleFindingCode =
  | 'FAULTY_DECLARATION'
  | 'DUPLICATE_DECLARATION'
  | 'UNUSED_DECLARATION'
  | 'FAULTY_RULE'
  | 'UNKNOWN_ENDING'
  | 'MISSING_FAIL_TARGET'
  | 'CHECK_AND_PUZZLE'
  | 'PUZZLE_WITHOUT_ANSWER'
  | 'TIMED_PUZZLE'
  | 'SEVERAL_TIMED_CHOICES';

type RuleFinding = Finding<RuleFindingCode>;

/** Finds all faults of declarations and rules. Linear in the size of the story. */
export function ruleFindings(story: CompiledStory): RuleFinding[] {
  const findings = [...ofDeclarations(story), ...ofExpressions(story)];
  story.nodes.forEach((node, index) => {
    if (node.ending !== undefined) findings.push(...ofEnding(story, node));
    for (let choice = story.firstChoice[index]!; choice < story.firstChoice[index + 1]!; choice++) {
      const isPlain = story.rules[choice] === NO_RULES && story.timed[index] === NONE;
      if (!isPlain) findings.push(...ofChoice(story, node, story.choices[choice]!, choice));
    }
  });
  return findings;
}

function ofDeclarations(story: CompiledStory): RuleFinding[] {
  const { schema } = story;
  const names = {
    variable: (schema.variables ?? []).map(({ name }) => name),
    stat: (schema.stats ?? []).map(({ key }) => key),
    item: (schema.items ?? []).map(({ key }) => key),
    protagonist: (schema.protagonists ?? []).map(({ key }) => key),
    artifact: (schema.artifacts ?? []).map(({ key }) => key),
    ending: (schema.endings ?? []).map(({ key }) => key),
    achievement: (schema.achievements ?? []).map(({ key }) => key),
  };
  return [
    ...[
      ...story.schemaProblems,
      ...faultyValues(story),
      ...faultyStarts(story),
      ...faultyAchievements(story),
    ].map((message): RuleFinding => ({
      code: 'FAULTY_DECLARATION',
      severity: 'error',
      message,
      fix: 'Mend the declaration: defineStory.',
    })),
    ...Object.entries(names).flatMap(([kind, all]) =>
      [...repeated(all, (name) => name)].map((name): RuleFinding => ({
        code: 'DUPLICATE_DECLARATION',
        severity: 'error',
        message: `Several ${kind}s are called ${name}.`,
        fix: 'Give each a name of its own.',
      })),
    ),
    ...names.stat
      .filter((name) => names.variable.includes(name))
      .map((name): RuleFinding => ({
        code: 'DUPLICATE_DECLARATION',
        severity: 'error',
        message: `A variable and a stat are both called ${name}, so that effects cannot tell them apart.`,
        fix: 'Give each a name of its own.',
      })),
    ...unusedSlots(story).map(({ kind, name }): RuleFinding => ({
      code: 'UNUSED_DECLARATION',
      severity: 'warning',
      message: `The ${kind} ${name} is declared, but nothing in the story uses it.`,
      fix: 'Use it, or take it out of the declarations.',
    })),
  ];
}

/** First values that their own declarations do not allow, and names that mean something else. */
function faultyValues({ layout }: CompiledStory): string[] {
  return [...layout.all('variable').values(), ...layout.all('stat').values()].flatMap((slot) => {
    const { kind, name, initial } = slot;
    if (KEPT_NAMES.includes(name))
      return [`The ${kind} ${name} has a name that means something already.`];
    if (!isOfType(slot, initial))
      return [`The ${kind} ${name} does not begin with ${a(slot.type)}.`];
    return fitted(slot, initial) === initial
      ? []
      : [`The ${kind} ${name} does not begin within its bounds.`];
  });
}

const KEPT_NAMES: readonly string[] = [...BUILT_IN, ...NAMESPACES];

const faultyStarts = ({ schema, indexOfNode }: CompiledStory): string[] =>
  (schema.protagonists ?? []).flatMap(({ key, start }) =>
    start === undefined || indexOfNode.has(start)
      ? []
      : [`Protagonist ${key} begins at a node that is not there.`],
  );

const faultyAchievements = ({ schema }: CompiledStory): string[] =>
  achievementProblems(schema).map(({ path: [, i, list], message }) => {
    const { key } = schema.achievements![i as number]!;
    return `Achievement ${key}, ${list}: ${message}.`;
  });

const ofExpressions = ({ problems }: CompiledStory): RuleFinding[] =>
  problems.map(({ node, choice, field, message, line, column }) => ({
    code: 'FAULTY_RULE',
    severity: 'error',
    node,
    ...(choice !== undefined && { choice }),
    message: `${choice === undefined ? `Node ${node.key}` : `Choice ${choice.letter} of node ${node.key}`}, ${field}, line ${line}, column ${column}: ${message}`,
    fix: 'Mend the rule where it says.',
  }));

function ofEnding({ layout }: CompiledStory, node: NodeDefinition): RuleFinding[] {
  if (node.ending === undefined || layout.find('ending', node.ending) !== undefined) return [];
  return [
    {
      code: 'UNKNOWN_ENDING',
      severity: 'error',
      node,
      message: `Node ${node.key} collects the ending ${node.ending}, which is not declared.`,
      fix: 'Declare the ending, or choose one that is declared.',
    },
  ];
}

function ofChoice(
  story: CompiledStory,
  node: NodeDefinition,
  choice: ChoiceDefinition,
  index: number,
): RuleFinding[] {
  const found: RuleFinding[] = [];
  const report = (code: RuleFindingCode, message: string, fix: string, severity = 'error') =>
    found.push({
      code,
      severity: severity as RuleFinding['severity'],
      node,
      choice,
      message: `Choice ${choice.letter} of node ${node.key} ${message}`,
      fix,
    });
  const { check, puzzle, after } = choice;
  if (check !== undefined && story.failTarget[index] === NONE) {
    report(
      'MISSING_FAIL_TARGET',
      'rolls dice, but leads nowhere when they fail.',
      'Say where failure leads: updateChoice with failToNodeId.',
    );
  }
  if (check !== undefined && puzzle !== undefined) {
    report('CHECK_AND_PUZZLE', 'has both a check and a puzzle.', 'Keep one of them.');
  }
  if (puzzle?.answers.length === 0) {
    report('PUZZLE_WITHOUT_ANSWER', 'is a puzzle without a right answer.', 'Add an answer.');
  }
  if (puzzle !== undefined && after !== undefined) {
    report(
      'TIMED_PUZZLE',
      'is a puzzle, so it cannot make itself when time is out.',
      'Set the time on another choice.',
    );
  }
  const timed = story.timed[story.source[index]!]!;
  if (after !== undefined && timed !== index) {
    report(
      'SEVERAL_TIMED_CHOICES',
      'makes itself later than another choice of the node, so never.',
      'Keep one timed choice at a node.',
      'warning',
    );
  }
  return found;
}
