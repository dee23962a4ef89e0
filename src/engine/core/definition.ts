/** A story as the engine takes it: plain values, from a draft or from a published snapshot. */
export interface StoryDefinition {
  readonly nodes: readonly NodeDefinition[];
}

export interface NodeDefinition {
  /** Stable: the same node has the same id in every version. */
  readonly id: number;
  /** What the author calls it. */
  readonly key: string;
  readonly title: string;
  readonly content: string;
  readonly type: 'story' | 'choice' | 'ending';
  readonly isStart: boolean;
  readonly endingKind: 'good' | 'neutral' | 'bad' | 'secret' | null;
  /** In the order in which the reader sees them. */
  readonly choices: readonly ChoiceDefinition[];
}

export interface ChoiceDefinition {
  /** Stable: the same choice has the same id in every version. */
  readonly id: number;
  readonly letter: string;
  readonly text: string;
  readonly consequences: string | null;
  /** The node it leads to; null, or the id of a node that is not there, while that is open. */
  readonly to: number | null;
}
