import type {
  ChoiceDefinition,
  Effect,
  NodeDefinition,
  PuzzleDefinition,
  StoryDefinition,
} from './definition.js';

/** What of a story authors write as text. */
export type TextField =
  | 'title'
  | 'content'
  | 'text'
  | 'consequences'
  | 'lockedText'
  | 'condition'
  | 'check'
  | 'effects'
  | 'puzzle';

/** How a text is read. */
export type Syntax = 'none' | 'markdown' | 'plain' | 'expression' | 'check';

/** A place where a story has a text. */
export interface Site {
  readonly node: NodeDefinition;
  /** Undefined in the node itself. */
  readonly choice: ChoiceDefinition | undefined;
  readonly field: TextField;
  /** The field and, in one of several parts, which: `effects.0.value`, `puzzle.hints.1`. */
  readonly path: string;
  readonly syntax: Syntax;
  readonly text: string;
}

/** What becomes of a text; itself where nothing does. */
export type Change = (site: Site) => string;

const OF_NODES = { title: 'none', content: 'markdown' } as const;

const OF_CHOICES = {
  text: 'plain',
  consequences: 'plain',
  lockedText: 'plain',
  condition: 'expression',
  check: 'check',
} as const;

/** What may be there or not: without any text it is not. */
const OPTIONAL: readonly string[] = ['consequences', 'lockedText'];

/** A copy of a story with its texts changed, node by node, in the order that authors see. Linear. */
export const withTexts = (story: StoryDefinition, change: Change): StoryDefinition => ({
  ...story,
  nodes: story.nodes.map((node) => ({
    ...changed(node, undefined, node, change),
    choices: node.choices.map((choice) => changed(node, choice, choice, change)),
  })),
});

/** Every text of a story, node by node, in the order that authors see. */
export function sitesOf(story: StoryDefinition): Site[] {
  const sites: Site[] = [];
  withTexts(story, (site) => {
    sites.push(site);
    return site.text;
  });
  return sites;
}

function changed<T extends NodeDefinition | ChoiceDefinition>(
  node: NodeDefinition,
  choice: ChoiceDefinition | undefined,
  of: T,
  change: Change,
): T {
  const copy = { ...of } as Record<string, unknown>;
  const at = (field: TextField, path: string, syntax: Syntax, text: string) =>
    change({ node, choice, field, path, syntax, text });
  for (const [field, syntax] of Object.entries(choice === undefined ? OF_NODES : OF_CHOICES)) {
    const text = copy[field];
    if (typeof text === 'string')
      write(copy, field, text, at(field as TextField, field, syntax, text));
  }
  if (of.effects !== undefined) {
    copy.effects = of.effects.map((effect, i): Effect =>
      'value' in effect && effect.value !== undefined
        ? { ...effect, value: at('effects', `effects.${i}.value`, 'expression', effect.value) }
        : effect,
    );
  }
  if ('puzzle' in of && of.puzzle !== undefined) {
    copy.puzzle = puzzleWith(of.puzzle, (path, text) =>
      at('puzzle', `puzzle.${path}`, 'none', text),
    );
  }
  return copy as unknown as T;
}

function write(copy: Record<string, unknown>, field: string, before: string, after: string): void {
  if (before === after) return;
  if (after.trim() !== '' || !OPTIONAL.includes(field)) copy[field] = after;
  else if (field === 'consequences') copy.consequences = null;
  else Reflect.deleteProperty(copy, field);
}

function puzzleWith(
  puzzle: PuzzleDefinition,
  change: (path: string, text: string) => string,
): PuzzleDefinition {
  const { answers, hints } = puzzle;
  const each = (list: string) => (text: string, i: number) => change(`${list}.${i}`, text);
  return {
    ...puzzle,
    answers: answers.map(each('answers')),
    ...(hints !== undefined && { hints: hints.map(each('hints')) }),
  };
}
