import { Injectable } from '@nestjs/common';
import type {
  ChoiceDefinition,
  NodeDefinition,
  StorySchema,
} from '../../engine/core/definition.js';
import type { ExpressionProblem } from '../../engine/core/expressions/problem.js';
import { compileChoice, compileEffects, hasRules } from '../../engine/core/rules.js';
import { compile, type CompiledStory } from '../../engine/core/story.js';
import { isTemplate } from '../../engine/core/templates/template.js';
import {
  compileChoiceTexts,
  compileContent,
  hasTemplate,
} from '../../engine/core/templates/texts.js';
import type { FieldProblem } from '../../graphql/errors.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { NodeRepository } from '../nodes/node.repository.js';

type NodeRules = Partial<Pick<NodeDefinition, 'content' | 'effects' | 'ending'>>;
type ChoiceRules = Partial<
  Pick<ChoiceDefinition, 'text' | 'consequences' | 'lockedText' | 'condition' | 'effects' | 'check'>
>;

/** Type-checks rules against what their story declares, by the compiler that also prepares them for play. */
@Injectable()
export class RuleCheck {
  constructor(
    private readonly stories: StoryRepository,
    private readonly nodes: NodeRepository,
  ) {}

  /** @returns all that is wrong, with line and column where it is an expression */
  async node(storyId: number, { content, effects, ending }: NodeRules): Promise<FieldProblem[]> {
    const isPlain = content === undefined || !isTemplate(content);
    if (isPlain && effects === undefined && ending === undefined) return [];
    const { schema, layout } = await this.#story(storyId);
    const problems: FieldProblem[] = [];
    compileEffects(effects ?? [], layout, reportTo(problems));
    compileContent({ content: content ?? '' }, layout, reportTo(problems));
    if (ending !== undefined && !declares(schema, ending)) {
      problems.push({
        path: 'input.ending',
        message: `there is no ending ${ending}; declare it first`,
      });
    }
    return problems;
  }

  /** @returns all that is wrong, with line and column */
  async choice(storyId: number, rules: ChoiceRules): Promise<FieldProblem[]> {
    const choice = { id: 0, letter: 'A', text: '', consequences: null, to: null, ...rules };
    if (!hasRules(choice) && !hasTemplate(choice)) return [];
    const { layout, choices } = await this.#story(storyId);
    const problems: FieldProblem[] = [];
    compileChoice(choice, choices.length, layout, reportTo(problems));
    compileChoiceTexts(choice, layout, reportTo(problems));
    return problems;
  }

  async #story(storyId: number): Promise<CompiledStory> {
    const [story, nodes] = await Promise.all([
      this.stories.findById(storyId),
      this.nodes.skeleton(storyId),
    ]);
    return compile({ schema: story?.schema ?? {}, nodes });
  }
}

const declares = ({ endings = [] }: StorySchema, ending: string) =>
  endings.some(({ key }) => key === ending);

const reportTo =
  (problems: FieldProblem[]) =>
  (field: string, { message, line, column }: ExpressionProblem): void => {
    problems.push({
      path: `input.${field}`,
      message: `line ${line}, column ${column}: ${message}`,
      line,
      column,
    });
  };
