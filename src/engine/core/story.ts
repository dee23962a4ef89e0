import type { StoryDefinition, StorySchema } from './definition.js';
import { NONE, numbered, type StoryGraph } from './graph.js';
import { Layout, type Slot } from './layout.js';
import { isTemplate, type TextTemplate } from './templates/template.js';
import { compileChoiceTexts, compileContent, hasTemplate, type Texts } from './templates/texts.js';
import type { Memory } from './expressions/evaluate.js';
import {
  compileChoice,
  compileEffects,
  hasRules,
  NO_RULES,
  schemaProblems,
  type ChoiceRules,
  type CompiledEffect,
  type RuleProblem,
} from './rules.js';

/** A story ready to be played, searched and proved: its graph, the layout of its state, and its rules. */
export interface CompiledStory extends StoryGraph {
  readonly schema: StorySchema;
  readonly layout: Layout;
  /** The memory that every playthrough begins with, before its protagonist is set. Never written to. */
  readonly initial: Memory;
  /** By node: what happens on entering. */
  readonly entry: readonly (readonly CompiledEffect[])[];
  /** By node: its visits, where anything reads them. */
  readonly visits: readonly (Slot | undefined)[];
  /** By node: the ending collected there. */
  readonly endings: readonly (Slot | undefined)[];
  /** By choice. */
  readonly rules: readonly ChoiceRules[];
  readonly texts: Texts;
  /** By node: the choice that makes itself when time is out, or {@link NONE}. */
  readonly timed: Int32Array;
  readonly problems: readonly RuleProblem[];
  readonly schemaProblems: readonly string[];
}

const NO_EFFECTS: readonly CompiledEffect[] = [];

/**
 * Prepares a story. It need not be sound: rules that cannot run are told in `problems`, and their conditions count as
 * false. Linear in the size of the story.
 */
export function compile(definition: StoryDefinition): CompiledStory {
  const graph = numbered(definition);
  const schema = definition.schema ?? {};
  const layout = new Layout(schema, graph);
  const problems: RuleProblem[] = [];
  const { nodes, choices, source } = graph;
  const entry = nodes.map((node) =>
    node.effects === undefined
      ? NO_EFFECTS
      : compileEffects(node.effects, layout, (field, problem) =>
          problems.push({ ...problem, node, choice: undefined, field }),
        ),
  );
  const rules = choices.map((choice, index) =>
    hasRules(choice)
      ? compileChoice(choice, index, layout, (field, problem) =>
          problems.push({ ...problem, node: nodes[source[index]!]!, choice, field }),
        )
      : NO_RULES,
  );
  const texts = textsOf(graph, layout, problems);
  return {
    ...graph,
    schema,
    layout,
    texts,
    initial: layout.slots.map(({ initial }) => initial),
    entry,
    visits: visitsOf(nodes.length, layout),
    endings: nodes.map(({ ending }) =>
      ending === undefined ? undefined : layout.find('ending', ending),
    ),
    rules,
    timed: timedChoices(graph),
    problems,
    schemaProblems: schemaProblems(schema, layout),
  };
}

function textsOf(graph: StoryGraph, layout: Layout, problems: RuleProblem[]): Texts {
  const { nodes, choices, source } = graph;
  const contents = new Map<number, TextTemplate>();
  const choiceTexts = new Map<number, NonNullable<ReturnType<typeof compileChoiceTexts>>>();
  nodes.forEach((node, index) => {
    if (!isTemplate(node.content)) return;
    const template = compileContent(node, layout, (field, problem) =>
      problems.push({ ...problem, node, choice: undefined, field }),
    );
    if (template !== undefined) contents.set(index, template);
  });
  choices.forEach((choice, index) => {
    if (!hasTemplate(choice)) return;
    const templates = compileChoiceTexts(choice, layout, (field, problem) =>
      problems.push({ ...problem, node: nodes[source[index]!]!, choice, field }),
    );
    if (templates !== undefined) choiceTexts.set(index, templates);
  });
  return { contents, choices: choiceTexts };
}

/** Where a protagonist begins, or the story's start; {@link NONE} when there is no such node. */
export function startOf(story: CompiledStory, protagonist: string | undefined): number {
  const begun = story.schema.protagonists?.find(({ key }) => key === protagonist)?.start;
  return begun === undefined ? story.start : (story.indexOfNode.get(begun) ?? NONE);
}

/** Every node that some playthrough begins at. */
export const startsOf = (story: CompiledStory): number[] => {
  const { protagonists = [] } = story.schema;
  const starts =
    protagonists.length === 0 ? [story.start] : protagonists.map(({ key }) => startOf(story, key));
  return [...new Set(starts)].filter((start) => start !== NONE);
};

function visitsOf(count: number, layout: Layout): (Slot | undefined)[] {
  const visits = new Array<Slot | undefined>(count).fill(undefined);
  for (const slot of layout.all('visits').values()) visits[Number(slot.name)] = slot;
  return visits;
}

function timedChoices({ nodes, choices, source }: StoryGraph): Int32Array {
  const timed = new Int32Array(nodes.length).fill(NONE);
  choices.forEach(({ after }, choice) => {
    const node = source[choice]!;
    if (after === undefined) return;
    const soonest = timed[node]!;
    if (soonest === NONE || after < choices[soonest]!.after!) timed[node] = choice;
  });
  return timed;
}
