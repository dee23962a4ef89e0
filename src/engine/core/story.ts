import type { ChoiceDefinition, StoryDefinition, StorySchema } from './definition.js';
import type { ExpressionProblem } from './expressions/problem.js';
import { NONE, numbered, type StoryGraph } from './graph.js';
import { Layout, type Slot } from './layout.js';
import { isTemplate, type TextTemplate } from './templates/template.js';
import {
  compileChoiceTexts,
  compileContent,
  hasTemplate,
  type ChoiceTemplates,
  type Texts,
} from './templates/texts.js';
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
import { atOnce, type Steps } from './steps.js';

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
export const compile = (definition: StoryDefinition): CompiledStory =>
  atOnce(compiling(definition));

/** {@link compile}, with a step for every node and choice that has something to prepare. */
export function* compiling(definition: StoryDefinition): Steps<CompiledStory> {
  const graph = numbered(definition);
  const schema = definition.schema ?? {};
  const layout = new Layout(schema, graph);
  const problems: RuleProblem[] = [];
  const { entry, contents } = yield* preparedNodes(graph, layout, problems);
  const { rules, timed, choiceTexts } = yield* preparedChoices(graph, layout, problems);
  return {
    ...graph,
    schema,
    layout,
    texts: { contents, choices: choiceTexts },
    initial: layout.slots.map(({ initial }) => initial),
    entry,
    visits: visitsOf(graph.nodes.length, layout),
    endings: endingsOf(graph, layout),
    rules,
    timed,
    problems,
    schemaProblems: schemaProblems(schema, layout),
  };
}

function* preparedNodes(
  { nodes }: StoryGraph,
  layout: Layout,
  problems: RuleProblem[],
): Steps<{ entry: CompiledStory['entry']; contents: Texts['contents'] }> {
  const contents = new Map<number, TextTemplate>();
  const entry = new Array<readonly CompiledEffect[]>(nodes.length).fill(NO_EFFECTS);
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]!;
    const { effects, content } = node;
    if (effects === undefined && !isTemplate(content)) continue;
    const report = (field: string, problem: ExpressionProblem) =>
      problems.push({ ...problem, node, choice: undefined, field });
    const template = compileContent(node, layout, report);
    if (template !== undefined) contents.set(index, template);
    entry[index] = compileEffects(effects ?? [], layout, report);
    yield;
  }
  return { entry, contents };
}

/** In one pass: most choices have neither rules nor templates, and looking at each is what takes the time. */
function* preparedChoices(
  graph: StoryGraph,
  layout: Layout,
  problems: RuleProblem[],
): Steps<Pick<CompiledStory, 'rules' | 'timed'> & { choiceTexts: Texts['choices'] }> {
  const { nodes, choices, source } = graph;
  const timed = new Int32Array(nodes.length).fill(NONE);
  const choiceTexts = new Map<number, ChoiceTemplates>();
  const rules = new Array<ChoiceRules>(choices.length).fill(NO_RULES);
  for (let index = 0; index < choices.length; index++) {
    const choice = choices[index]!;
    const node = source[index]!;
    if (choice.after !== undefined && isSooner(choice.after, choices[timed[node]!]))
      timed[node] = index;
    const isPlain = !hasRules(choice);
    if (isPlain && !hasTemplate(choice)) continue;
    const report = (field: string, problem: ExpressionProblem) =>
      problems.push({ ...problem, node: nodes[node]!, choice, field });
    const templates = compileChoiceTexts(choice, layout, report);
    if (templates !== undefined) choiceTexts.set(index, templates);
    if (!isPlain) rules[index] = compileChoice(choice, index, layout, report);
    yield;
  }
  return { rules, timed, choiceTexts };
}

const isSooner = (after: number, than: ChoiceDefinition | undefined) =>
  than?.after === undefined || after < than.after;

/** Whether the story has a protagonist of this key. */
export const hasProtagonist = ({ schema }: CompiledStory, key: unknown): boolean =>
  schema.protagonists?.some((each) => each.key === key) ?? false;

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

/** By node; empty, and so undefined for every node, where nothing reads visits. */
function visitsOf(count: number, layout: Layout): (Slot | undefined)[] {
  const slots = layout.all('visits');
  if (slots.size === 0) return [];
  const visits = new Array<Slot | undefined>(count).fill(undefined);
  for (const slot of slots.values()) visits[Number(slot.name)] = slot;
  return visits;
}

/** By node; empty, and so undefined for every node, where the story declares no endings. */
const endingsOf = ({ nodes }: StoryGraph, layout: Layout): (Slot | undefined)[] =>
  layout.all('ending').size === 0
    ? []
    : nodes.map(({ ending }) => (ending === undefined ? undefined : layout.find('ending', ending)));
