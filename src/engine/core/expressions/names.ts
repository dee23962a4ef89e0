import type { Layout, Slot, SlotKind } from '../layout.js';
import { didYouMean } from './nearest.js';

/** What conditions and texts can name besides variables. */
export const NAMESPACES = ['inventory', 'stats', 'visits', 'artifacts', 'endings'] as const;
export const BUILT_IN = ['protagonist', 'turn', 'roll'] as const;

export type Namespace = (typeof NAMESPACES)[number];

/** What is named in each namespace. */
export const KIND_IN: Readonly<Record<Namespace, SlotKind>> = {
  inventory: 'item',
  stats: 'stat',
  visits: 'visits',
  artifacts: 'artifact',
  endings: 'ending',
};

export const isNamespace = (name: unknown): name is Namespace =>
  (NAMESPACES as readonly unknown[]).includes(name);

/** The slot that a name by itself stands for, or what is wrong with the name. */
export function slotCalled(name: string, layout: Layout): Slot | string {
  const slot = layout.find('variable', name) ?? builtIn(name, layout);
  if (slot !== undefined) return slot;
  const known = [...layout.all('variable').keys(), ...BUILT_IN, ...NAMESPACES];
  return `There is no variable ${name}.${didYouMean(name, known)}`;
}

/** The slot that a name in a namespace stands for, or what is wrong with the name. */
export function slotIn(space: Namespace, name: string, layout: Layout): Slot | string {
  const isNode = space === 'visits';
  const kind = KIND_IN[space];
  const slot = isNode ? layout.visitsOf(name) : layout.find(kind, name);
  if (slot !== undefined) return slot;
  const known = isNode ? layout.nodeKeys() : layout.all(kind).keys();
  return `There is no ${isNode ? 'node' : kind} ${name}.${didYouMean(name, known)}`;
}

function builtIn(name: string, layout: Layout): Slot | undefined {
  if (name === 'turn') return layout.turn;
  if (name === 'roll') return layout.roll;
  return name === 'protagonist' ? layout.protagonist : undefined;
}
