import type { ChoiceDefinition, NodeDefinition } from '../definition.js';
import type { Memory } from '../expressions/evaluate.js';
import { isFaulty, type ExpressionProblem } from '../expressions/problem.js';
import type { Layout, Slot } from '../layout.js';
import type { CompiledStory } from '../story.js';
import { faultsIn, isTemplate, parseTemplate, render, type TextTemplate } from './template.js';
import type { TextKind } from './liquid.js';

/** The texts of a story that depend on what a playthrough holds; all others are as they are written. */
export interface Texts {
  /** By node. */
  readonly contents: ReadonlyMap<number, TextTemplate>;
  /** By choice. */
  readonly choices: ReadonlyMap<number, ChoiceTemplates>;
}

const CHOICE_FIELDS = ['text', 'consequences', 'lockedText'] as const;

type ChoiceTexts = Pick<ChoiceDefinition, (typeof CHOICE_FIELDS)[number]>;

export type ChoiceTemplates = Partial<Record<(typeof CHOICE_FIELDS)[number], TextTemplate>>;

type Report = (field: string, problem: ExpressionProblem) => void;

/** Prepares the text of a node. Its faults are reported. @returns undefined when it is no template, or cannot be told */
export const compileContent = (
  { content }: Pick<NodeDefinition, 'content'>,
  layout: Layout,
  report: Report,
): TextTemplate | undefined => compiled(content, 'markdown', 'content', layout, report);

/** Whether any text of a choice has Liquid in it. */
export const hasTemplate = ({ text, consequences, lockedText }: ChoiceTexts): boolean =>
  isTemplate(text) ||
  (consequences !== null && isTemplate(consequences)) ||
  (lockedText !== undefined && isTemplate(lockedText));

/** Prepares the texts of a choice. @returns undefined when none is a template */
export function compileChoiceTexts(
  choice: ChoiceTexts,
  layout: Layout,
  report: Report,
): ChoiceTemplates | undefined {
  let found: ChoiceTemplates | undefined;
  for (const field of CHOICE_FIELDS) {
    const template = compiled(choice[field], 'plain', field, layout, report);
    if (template !== undefined) found = { ...found, [field]: template };
  }
  return found;
}

function compiled(
  text: string | null | undefined,
  kind: TextKind,
  field: string,
  layout: Layout,
  report: Report,
): TextTemplate | undefined {
  if (!text || !isTemplate(text)) return undefined;
  const template = parseTemplate(text, kind, layout);
  for (const problem of faultsIn(template)) report(field, problem);
  return isFaulty(template) ? undefined : template;
}

/** What a node tells a reader who holds a memory, in Markdown. */
export function contentFor(story: CompiledStory, memory: Memory, node: number): string {
  const template = story.texts.contents.get(node);
  return template === undefined ? story.nodes[node]!.content : render(template, memory);
}

/** What a choice tells a reader who holds a memory. */
export function choiceFor(story: CompiledStory, memory: Memory, choice: number): ChoiceDefinition {
  const templates = story.texts.choices.get(choice);
  const definition = story.choices[choice]!;
  if (templates === undefined) return definition;
  const told = CHOICE_FIELDS.flatMap((field) => {
    const template = templates[field];
    return template === undefined ? [] : [[field, render(template, memory)] as const];
  });
  return { ...definition, ...Object.fromEntries(told) };
}

/** Everything that the texts of a story read. */
export const slotsInTexts = ({ contents, choices }: Texts): Slot[] =>
  [...contents.values(), ...[...choices.values()].flatMap((each) => Object.values(each))].flatMap(
    ({ reads }) => reads.map(({ slot }) => slot),
  );
