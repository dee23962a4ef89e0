import { Injectable } from '@nestjs/common';
import type {
  ChoiceDefinition,
  NodeDefinition,
  StorySchema,
} from '../../engine/core/definition.js';
import { compile } from '../../engine/core/story.js';
import { badUserInput, type FieldProblem } from '../../graphql/errors.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { NodeRepository } from '../nodes/node.repository.js';

type NodeRules = Pick<NodeDefinition, 'effects' | 'ending'>;
type ChoiceRules = Pick<ChoiceDefinition, 'condition' | 'effects' | 'check'>;

/** Type-checks rules against what their story declares, by the compiler that also prepares them for play. */
@Injectable()
export class RuleCheck {
  constructor(
    private readonly stories: StoryRepository,
    private readonly nodes: NodeRepository,
  ) {}

  /** @throws {ApiError} `BAD_USER_INPUT` with line and column of all that is wrong */
  async node(storyId: number, rules: NodeRules): Promise<void> {
    if (rules.effects === undefined && rules.ending === undefined) return;
    const { schema, nodes } = await this.#story(storyId);
    const problems = problemsIn(schema, nodes, { ...EMPTY_NODE, ...rules });
    const { ending } = rules;
    if (ending !== undefined && !schema.endings?.some(({ key }) => key === ending)) {
      problems.push({
        path: 'input.ending',
        message: `there is no ending ${ending}; declare it first`,
      });
    }
    if (problems.length > 0) throw badUserInput(problems);
  }

  /** @throws {ApiError} `BAD_USER_INPUT` with line and column of all that is wrong */
  async choice(storyId: number, rules: ChoiceRules): Promise<void> {
    if (Object.keys(rules).length === 0) return;
    const { schema, nodes } = await this.#story(storyId);
    const choice = { id: 0, letter: 'A', text: '', consequences: null, to: null, ...rules };
    const problems = problemsIn(schema, nodes, { ...EMPTY_NODE, choices: [choice] });
    if (problems.length > 0) throw badUserInput(problems);
  }

  async #story(storyId: number) {
    const [story, nodes] = await Promise.all([
      this.stories.findById(storyId),
      this.nodes.skeleton(storyId),
    ]);
    return { schema: story?.schema ?? {}, nodes };
  }
}

const EMPTY_NODE: NodeDefinition = {
  id: 0,
  key: '',
  title: '',
  content: '',
  type: 'choice',
  isStart: false,
  endingKind: null,
  choices: [],
};

const problemsIn = (
  schema: StorySchema,
  nodes: readonly NodeDefinition[],
  changed: NodeDefinition,
): FieldProblem[] =>
  compile({ schema, nodes: [...nodes, changed] }).problems.map(
    ({ field, message, line, column }) => ({
      path: `input.${field}`,
      message: `line ${line}, column ${column}: ${message}`,
      line,
      column,
    }),
  );
