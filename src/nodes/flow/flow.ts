import type { DrawnChoice } from '../choices/choice.repository.js';
import type { DrawnNode } from '../nodes/node.repository.js';

/** A draft as a diagram draws it. A choice that leads nowhere yet has `to: null`. */
export interface Flow {
  readonly nodes: readonly FlowNode[];
  readonly choices: readonly FlowChoice[];
}

export interface FlowNode {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly type: DrawnNode['nodeType'];
  readonly isStart: boolean;
}

export interface FlowChoice {
  readonly from: string;
  readonly to: string | null;
  readonly letter: string;
  readonly text: string;
}

export function flowOf(
  nodes: readonly DrawnNode[],
  choices: readonly DrawnChoice[],
  idOf: (nodeId: number) => string,
): Flow {
  const live = new Set(nodes.map(({ nodeId }) => nodeId));
  return {
    nodes: nodes.map((node) => ({
      id: idOf(node.nodeId),
      key: node.nodeKey,
      title: node.nodeTitle,
      type: node.nodeType,
      isStart: node.isStartingNode,
    })),
    choices: choices.map(({ fromNodeId, toNodeId, choiceLetter, choiceText }) => ({
      from: idOf(fromNodeId),
      to: toNodeId !== null && live.has(toNodeId) ? idOf(toNodeId) : null,
      letter: choiceLetter,
      text: choiceText,
    })),
  };
}

export const toJson = (flow: Flow): string => JSON.stringify(flow, null, 2);

const MERMAID_SHAPES = {
  start: ['([', '])'],
  story: ['[', ']'],
  choice: ['{{', '}}'],
  ending: ['[[', ']]'],
} as const;

/** @see https://mermaid.js.org/syntax/flowchart.html */
export function toMermaid({ nodes, choices }: Flow): string {
  const escape = (text: string) =>
    text.replace(/[#"<>&\n]/g, (character) =>
      character === '\n' ? ' ' : `#${character.charCodeAt(0)};`,
    );
  const nodeLines = nodes.map(({ id, key, title, type, isStart }) => {
    const [open, close] = MERMAID_SHAPES[isStart ? 'start' : type];
    return `  ${id}${open}"${escape(`${key}: ${title}`)}"${close}`;
  });
  const edgeLines = choices.map(
    ({ from, to, letter, text }, i) =>
      `  ${from} -->|"${escape(`${letter}: ${text}`)}"| ${to ?? `open${i}["?"]`}`,
  );
  return ['flowchart TD', ...nodeLines, ...edgeLines, ''].join('\n');
}

const DOT_SHAPES = { story: 'box', choice: 'box', ending: 'doubleoctagon' } as const;

/** @see https://graphviz.org/doc/info/lang.html */
export function toDot({ nodes, choices }: Flow): string {
  const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&').replace(/\n/g, ' ')}"`;
  const nodeLines = nodes.map(
    ({ id, key, title, type, isStart }) =>
      `  ${id} [label=${quote(`${key}: ${title}`)}, shape=${isStart ? 'oval' : DOT_SHAPES[type]}];`,
  );
  const edgeLines = choices.map(
    ({ from, to, letter, text }, i) =>
      `  ${from} -> ${to ?? `open${i}`} [label=${quote(`${letter}: ${text}`)}];`,
  );
  const openLines = choices.flatMap(({ to }, i) =>
    to === null ? [`  open${i} [label="?", shape=plaintext];`] : [],
  );
  return ['digraph story {', ...nodeLines, ...openLines, ...edgeLines, '}', ''].join('\n');
}
