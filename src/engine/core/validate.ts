import type { ChoiceDefinition, NodeDefinition } from './definition.js';
import type { DraftFinding } from './finding.js';
import { NONE, type StoryGraph } from './graph.js';
import { brokenLinks, faultOf, LINK_FIX } from './links.js';
import { repeated } from './repeated.js';
import { twineFaultOf, twineFixOf, twineMarks } from './twine-marks.js';
import { mediaFindings } from './validate-media.js';
import { ruleFindings } from './validate-rules.js';
import { startsOf, type CompiledStory } from './story.js';
import { saysSomething } from './templates/pieces.js';
import { reachableFrom, reachesEnding } from './reachability.js';

/** The kinds of structural fault. */
export type StructureFindingCode =
  | 'EMPTY_STORY'
  | 'NO_START'
  | 'SEVERAL_STARTS'
  | 'NO_ENDING'
  | 'DUPLICATE_KEY'
  | 'DUPLICATE_LETTER'
  | 'MISSING_TARGET'
  | 'DEAD_END'
  | 'NO_WAY_TO_AN_ENDING'
  | 'ENDING_WITH_CHOICES'
  | 'UNREACHABLE_NODE'
  | 'EMPTY_CONTENT'
  | 'BROKEN_LINK'
  | 'TWINE_MARKUP';

/** Finds all structural faults at once: the story's own first, then node by node. Linear in nodes and choices. */
export function validate(graph: CompiledStory): DraftFinding[] {
  if (graph.nodes.length === 0) {
    return [
      {
        code: 'EMPTY_STORY',
        severity: 'error',
        message: 'The story has no nodes.',
        fix: 'Add a first node; it becomes the start.',
      },
    ];
  }
  const reached = reachableFrom(graph, startsOf(graph));
  const ends = reachesEnding(graph);
  const keys = repeated(graph.nodes, ({ key }) => key);
  const { layout } = graph;
  const isDeclared = (name: string) => NAMED.some((kind) => layout.find(kind, name) !== undefined);
  const findings = ofStory(graph);
  graph.nodes.forEach((node, index) => {
    ofNode(node, keys, isDeclared, findings);
    if (node.media !== undefined) findings.push(...mediaFindings(node));
    for (const finding of ofWaysOn(graph, index, ends)) findings.push(finding);
    if (graph.start !== NONE && reached[index] === 0) findings.push(unreachable(node));
  });
  for (const finding of ruleFindings(graph)) findings.push(finding);
  return findings;
}

/** What Twine has as variables. */
const NAMED = ['variable', 'stat', 'item'] as const;

function ofStory({ nodes, start }: StoryGraph): DraftFinding[] {
  const findings: DraftFinding[] = [];
  if (start === NONE) {
    findings.push({
      code: 'NO_START',
      severity: 'error',
      message: 'No node is marked as the start.',
      fix: 'Mark the node that the story begins with: updateNode with isStart: true.',
    });
  }
  for (const node of nodes.slice(start + 1)) {
    if (start === NONE || !node.isStart) continue;
    findings.push({
      code: 'SEVERAL_STARTS',
      severity: 'error',
      node,
      message: `Node ${node.key} is marked as the start, and so is node ${nodes[start]!.key}.`,
      fix: 'Keep the mark on one of them.',
    });
  }
  if (!nodes.some(({ type }) => type === 'ending')) {
    findings.push({
      code: 'NO_ENDING',
      severity: 'error',
      message: 'The story has no ending.',
      fix: 'Make at least one node an ENDING.',
    });
  }
  return findings;
}

function ofNode(
  node: NodeDefinition,
  keys: ReadonlySet<string>,
  isDeclared: (name: string) => boolean,
  findings: DraftFinding[],
): void {
  if (keys.has(node.key)) {
    findings.push({
      code: 'DUPLICATE_KEY',
      severity: 'error',
      node,
      message: `Several nodes are called ${node.key}.`,
      fix: 'Give each node a key of its own.',
    });
  }
  if (!saysSomething(node.content)) {
    findings.push({
      code: 'EMPTY_CONTENT',
      severity: 'warning',
      node,
      message: `Node ${node.key} has no text${node.content.trim() === '' ? '' : ' that readers see'}.`,
      fix: 'Write its text.',
    });
  }
  const [link, ...others] = brokenLinks(node.content);
  if (link !== undefined) {
    findings.push({
      code: 'BROKEN_LINK',
      severity: 'warning',
      node,
      message: `Node ${node.key}, line ${link.line}: ${faultOf(link)}${andMore(others)}`,
      fix: LINK_FIX,
    });
  }
  for (const choice of [undefined, ...node.choices]) ofTwine(node, choice, isDeclared, findings);
  const letters = repeated(node.choices, ({ letter }) => letter);
  if (letters.size === 0) return;
  for (const choice of node.choices) {
    if (!letters.has(choice.letter)) continue;
    findings.push({
      code: 'DUPLICATE_LETTER',
      severity: 'error',
      node,
      choice,
      message: `Node ${node.key} has several choices ${choice.letter}.`,
      fix: 'Give each choice a letter of its own.',
    });
  }
}

/** Of what a text has more than once, the first is told. */
const andMore = ({ length }: readonly unknown[]): string =>
  length === 0 ? '' : ` So it is with ${length} more.`;

/** @param choice undefined for the text of the node itself */
function ofTwine(
  node: NodeDefinition,
  choice: ChoiceDefinition | undefined,
  isDeclared: (name: string) => boolean,
  findings: DraftFinding[],
): void {
  const [mark, ...others] = twineMarks(choice?.text ?? node.content, isDeclared);
  if (mark === undefined) return;
  const place = choice === undefined ? `line ${mark.line}` : `choice ${choice.letter}`;
  findings.push({
    code: 'TWINE_MARKUP',
    severity: 'warning',
    node,
    ...(choice !== undefined && { choice }),
    message: `Node ${node.key}, ${place}: ${twineFaultOf(mark)}${andMore(others)}`,
    fix: twineFixOf(mark),
  });
}

function ofWaysOn(graph: StoryGraph, index: number, ends: Uint8Array): readonly DraftFinding[] {
  const node = graph.nodes[index]!;
  const { key, choices } = node;
  if (node.type === 'ending') {
    if (choices.length === 0) return NO_FINDINGS;
    return [
      {
        code: 'ENDING_WITH_CHOICES',
        severity: 'warning',
        node,
        message: `Node ${key} is an ending, so no reader is offered its choices.`,
        fix: 'Delete the choices, or make the node no ending.',
      },
    ];
  }
  if (choices.length === 0) {
    return [
      {
        code: 'DEAD_END',
        severity: 'error',
        node,
        message: `Node ${key} has no choices and is no ending: a reader is stuck there.`,
        fix: 'Add a choice, or make it an ENDING.',
      },
    ];
  }
  const first = graph.firstChoice[index]!;
  if (ends[index] === 1 && !hasOpen(graph, index)) return NO_FINDINGS;
  const open = choices
    .filter((_, place) => graph.target[first + place] === NONE)
    .map((choice): DraftFinding => missingTarget(node, choice));
  if (ends[index] === 1 || open.length === choices.length) return open;
  return [
    ...open,
    {
      code: 'NO_WAY_TO_AN_ENDING',
      severity: 'error',
      node,
      message: `From node ${key} no ending can be reached, whatever a reader chooses.`,
      fix: 'Add a choice that leads out of the loop, or towards an ending.',
    },
  ];
}

const missingTarget = (node: NodeDefinition, choice: ChoiceDefinition): DraftFinding => ({
  code: 'MISSING_TARGET',
  severity: 'error',
  node,
  choice,
  message: `Choice ${choice.letter} of node ${node.key} leads nowhere.`,
  fix: 'Say where it leads: updateChoice with toNodeId; or delete it.',
});

const unreachable = (node: NodeDefinition): DraftFinding => ({
  code: 'UNREACHABLE_NODE',
  severity: 'warning',
  node,
  message: `No path from the start leads to node ${node.key}.`,
  fix: 'Lead a choice to it, or delete it.',
});

const NO_FINDINGS: readonly DraftFinding[] = [];

function hasOpen({ firstChoice, target }: StoryGraph, node: number): boolean {
  for (let choice = firstChoice[node]!; choice < firstChoice[node + 1]!; choice++) {
    if (target[choice] === NONE) return true;
  }
  return false;
}
