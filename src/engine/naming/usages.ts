import type { StoryDefinition } from '../core/definition.js';
import { declaredIn, namingsIn, type Naming } from '../core/references/in-story.js';
import { NAMED_KINDS, type NamedKind } from '../core/references/mention.js';

/** Something that a story can go by, and where it does. */
export interface Usage {
  readonly kind: NamedKind;
  readonly name: string;
  readonly isDeclared: boolean;
  /** Whether it is declared, but nothing goes by it save what protagonists begin with. */
  readonly isUnused: boolean;
  readonly namings: readonly Naming[];
}

/** Readers choose protagonists and come to nodes, whether or not a rule goes by them. */
const USED_BY_READERS: readonly NamedKind[] = ['protagonist', 'node'];

/**
 * All that a story declares, kind by kind, and what it goes by though nothing declares it. Of its nodes only those whose
 * keys stand in a rule or text. Linear.
 */
export function usagesIn(story: StoryDefinition): Usage[] {
  const namings = Map.groupBy(namingsIn(story), ({ kind }) => kind);
  return NAMED_KINDS.flatMap((kind) => {
    const byName = Map.groupBy(namings.get(kind) ?? [], ({ name }) => name);
    const declared = new Set(declaredIn(story, kind));
    const names = kind === 'node' ? byName.keys() : [...declared, ...byName.keys()];
    return [...new Set(names)].map((name): Usage => {
      const here = byName.get(name) ?? [];
      const isDeclared = declared.has(name);
      const isUsed = here.some(({ field }) => field !== 'declarations');
      const isUnused = isDeclared && !isUsed && !USED_BY_READERS.includes(kind);
      return { kind, name, isDeclared, isUnused, namings: here };
    });
  });
}
