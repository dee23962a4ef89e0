/** A story as the engine takes it: plain values, from a draft or from a published snapshot. */
export interface StoryDefinition {
  /** Left out while the story declares nothing. */
  readonly schema?: StorySchema;
  readonly nodes: readonly NodeDefinition[];
}

/** What a playthrough keeps. */
export type Value = number | boolean | string;

/** An `int` is a whole number, a `number` any finite one; wherever a `number` is wanted, an `int` will do. */
export type ValueType = 'int' | 'number' | 'bool' | 'string';

/** What a story declares. All names of variables, and all keys of the others, are unique among their kind. */
export interface StorySchema {
  readonly variables?: readonly VariableDefinition[];
  readonly items?: readonly ItemDefinition[];
  readonly stats?: readonly StatDefinition[];
  readonly protagonists?: readonly ProtagonistDefinition[];
  readonly artifacts?: readonly CollectibleDefinition[];
  readonly endings?: readonly CollectibleDefinition[];
  readonly achievements?: readonly AchievementDefinition[];
  /** Whether readers may take back choices. */
  readonly undo?: boolean;
}

export interface VariableDefinition {
  /** As conditions, effects and templates call it. */
  readonly name: string;
  readonly type: ValueType;
  readonly initial: Value;
  /** Numbers are kept at or above it. */
  readonly min?: number;
  /** Numbers are kept at or below it. */
  readonly max?: number;
  /** Whether readers see it. */
  readonly shown?: boolean;
  /** Whether readers may set it. */
  readonly readerWritable?: boolean;
}

export interface ItemDefinition {
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  /** How many of it a reader can carry; any number when left out. */
  readonly max?: number;
}

export interface StatDefinition {
  readonly key: string;
  readonly name: string;
  readonly initial: number;
  readonly min?: number;
  readonly max?: number;
}

/** Whom the reader plays. */
export interface ProtagonistDefinition {
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  /** Where they begin; at the story's start when left out. */
  readonly start?: number;
  readonly variables?: Readonly<Record<string, Value>>;
  readonly stats?: Readonly<Record<string, number>>;
  readonly items?: Readonly<Record<string, number>>;
}

/** An artifact or an ending: what readers collect. */
export interface CollectibleDefinition {
  readonly key: string;
  readonly name: string;
  readonly description?: string;
}

/** What a reader earns once by collecting all that it names, in however many playthroughs. */
export interface AchievementDefinition {
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  /** Whether readers are told what it is only once they have earned it. */
  readonly secret?: boolean;
  /** The keys of the artifacts that it takes. */
  readonly artifacts?: readonly string[];
  /** The keys of the declared endings that it takes. */
  readonly endings?: readonly string[];
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
  /** The declared ending that is collected here. */
  readonly ending?: string;
  /** What happens whenever the node is entered. */
  readonly effects?: readonly Effect[];
  /** What is shown and played with it. */
  readonly media?: NodeMediaDefinition;
  /** In the order in which the reader sees them. */
  readonly choices: readonly ChoiceDefinition[];
}

export interface NodeMediaDefinition {
  readonly image?: ImageDefinition;
  readonly audio?: AudioDefinition;
}

/** A medium: all that readers get of it, so that a version keeps it. */
interface MediumDefinition {
  readonly id: number;
  /** What it shows or says, for those who do not see or hear it. */
  readonly alt: string;
  /** Part of its address; this and the rest are left out while it is not ready. */
  readonly key?: string;
}

export interface ImageDefinition extends MediumDefinition {
  readonly width?: number;
  readonly height?: number;
  /** The commonest one, as `#rrggbb`. */
  readonly color?: string;
}

export interface AudioDefinition extends MediumDefinition {
  /** Such as `audio/mpeg`. */
  readonly type?: string;
  /** In seconds. */
  readonly duration?: number;
}

export interface ChoiceDefinition {
  /** Stable: the same choice has the same id in every version. */
  readonly id: number;
  readonly letter: string;
  readonly text: string;
  readonly consequences: string | null;
  /** The node it leads to; null, or the id of a node that is not there, while that is open. */
  readonly to: number | null;
  /** A CEL expression: the choice is open while it is true. */
  readonly condition?: string;
  /** What readers see of the choice while its condition is false: this reason; nothing at all when left out. */
  readonly lockedText?: string;
  /** What happens when the choice is made, and its check or puzzle succeeds. */
  readonly effects?: readonly Effect[];
  /** Dice decide between `to` and `failTo`, such as `2d6 + agility >= 9`. */
  readonly check?: string;
  /** The reader's answer decides. A choice has a check or a puzzle, not both. */
  readonly puzzle?: PuzzleDefinition;
  /** Where a failed check leads, or a puzzle whose attempts are used up. */
  readonly failTo?: number | null;
  /** The choice makes itself when the reader has stood this many seconds at its node. */
  readonly after?: number;
}

export interface PuzzleDefinition {
  /** How answers are compared: as words, as numbers, or as lists separated by commas, in order or in any order. */
  readonly kind: 'text' | 'number' | 'sequence' | 'set';
  /** Each is right. */
  readonly answers: readonly string[];
  /** How often a reader may try; without end when left out. */
  readonly attempts?: number;
  /** Told one after another, after each wrong answer. */
  readonly hints?: readonly string[];
}

/** One change of the state. `value` is a CEL expression. */
export type Effect =
  | { readonly op: 'set' | 'add' | 'sub'; readonly target: string; readonly value: string }
  | { readonly op: 'toggle'; readonly target: string }
  | { readonly op: 'give' | 'take'; readonly target: string; readonly value?: string }
  /** Collects an artifact. */
  | { readonly op: 'award'; readonly target: string }
  /** Collects an ending that the reader need not stand at. */
  | { readonly op: 'unlock'; readonly target: string };
