import { escapeMarkup, renderMarkdown } from '../../stories/markdown.js';
import { countWords, minutesFor } from '../../stories/words.js';
import type { Memory } from '../core/expressions/evaluate.js';
import { isFaulty, type ExpressionProblem } from '../core/expressions/problem.js';
import { brokenLinks, faultOf } from '../core/links.js';
import type { CompiledStory } from '../core/story.js';
import { faultsIn, isTemplate, parseTemplate, render } from '../core/templates/template.js';
import type { TextKind } from '../core/templates/liquid.js';

/** A text as its author wrote it, and where it is shown. */
export interface Written {
  readonly text: string;
  readonly kind: TextKind;
}

/** What a reader would read, and what is wrong with it. */
export interface Preview {
  readonly text: string;
  readonly html: string;
  readonly words: number;
  readonly readingMinutes: number;
  readonly problems: readonly ExpressionProblem[];
}

/** Shows a text as readers with a memory get it: with faulty Liquid, as it is written. */
export function preview(story: CompiledStory, { text, kind }: Written, memory: Memory): Preview {
  const template = isTemplate(text) ? parseTemplate(text, kind, story.layout) : undefined;
  const faults = template === undefined ? [] : faultsIn(template);
  const told = template === undefined || isFaulty(template) ? text : render(template, memory);
  const words = countWords(told);
  return {
    text: told,
    html: kind === 'markdown' ? renderMarkdown(told) : escapeMarkup(told),
    words,
    readingMinutes: minutesFor(words),
    problems: [...faults, ...(kind === 'markdown' ? linkProblems(text) : [])],
  };
}

const linkProblems = (text: string): ExpressionProblem[] =>
  brokenLinks(text).map((link) => ({
    message: faultOf(link),
    line: link.line,
    column: link.column,
  }));
