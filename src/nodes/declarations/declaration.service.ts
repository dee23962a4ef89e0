import { Injectable } from '@nestjs/common';
import type { StoryDefinition, VariableDefinition } from '../../engine/core/definition.js';
import { fitted } from '../../engine/core/layout.js';
import { isOfType } from '../../engine/core/rules.js';
import { compile } from '../../engine/core/story.js';
import { badUserInput, type FieldProblem } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { StoryService } from '../../stories/story.service.js';
import { NodeRepository } from '../nodes/node.repository.js';
import { toDefinition } from './declaration.mapper.js';
import type { StorySchema } from './declaration.type.js';

@Injectable()
export class DeclarationService {
  constructor(
    private readonly changes: DraftChanges,
    private readonly stories: StoryService,
    private readonly storyRepository: StoryRepository,
    private readonly nodes: NodeRepository,
  ) {}

  /**
   * Replaces all that a story declares. Rules that this breaks stay as they are, for the validator to name.
   * @throws {ApiError} `BAD_USER_INPUT` with all that is wrong, `CONFLICT` when another change came first
   */
  async define(
    viewer: Viewer,
    storyId: number,
    revision: number,
    input: StorySchema,
  ): Promise<StoryEntity> {
    await this.stories.getEditable(viewer, storyId);
    const schema = toDefinition(input);
    const story: StoryDefinition = { schema, nodes: await this.nodes.skeleton(storyId) };
    const problems = [...problemsOf(input), ...ofProtagonists(story)];
    if (problems.length > 0) throw badUserInput(problems);
    const updated = await this.changes.by(viewer, storyId, () =>
      this.storyRepository.update(storyId, revision, { schema }),
    );
    return updated ?? (await this.stories.refuseStale(viewer, storyId, revision));
  }
}

/** What is wrong with each declaration by itself, and with names that are given twice. */
function problemsOf(input: StorySchema): FieldProblem[] {
  const { variables, stats, items, protagonists, artifacts, endings } = input;
  return [
    ...repeated(
      'variables',
      variables.map(({ name }) => name),
      'name',
    ),
    ...repeated(
      'stats',
      stats.map(({ key }) => key),
    ),
    ...repeated(
      'items',
      items.map(({ key }) => key),
    ),
    ...repeated(
      'protagonists',
      protagonists.map(({ key }) => key),
    ),
    ...repeated(
      'artifacts',
      artifacts.map(({ key }) => key),
    ),
    ...repeated(
      'endings',
      endings.map(({ key }) => key),
    ),
    ...sharedNames(input),
    ...protagonists.flatMap(({ variables: holds, stats: is, items: has }, i) =>
      Object.entries({ variables: holds, stats: is, items: has }).flatMap(([list, values]) =>
        repeated(
          `protagonists.${i}.${list}`,
          values.map(({ name }) => name),
          'name',
        ),
      ),
    ),
    ...variables.flatMap((each, i) => ofValue(`input.variables.${i}`, each)),
    ...stats.flatMap((each, i) => ofValue(`input.stats.${i}`, { ...each, type: 'number' })),
  ];
}

const repeated = (list: string, names: readonly string[], field = 'key'): FieldProblem[] =>
  names.flatMap((name, i) =>
    names.indexOf(name) === i
      ? []
      : [{ path: `input.${list}.${i}.${field}`, message: `${name} is there twice` }],
  );

/** Effects call variables and stats by their names alone, so that these must differ. */
const sharedNames = ({ variables, stats }: StorySchema): FieldProblem[] =>
  stats.flatMap(({ key }, i) =>
    variables.some(({ name }) => name === key)
      ? [{ path: `input.stats.${i}.key`, message: `a variable is called ${key} already` }]
      : [],
  );

type Bounded = Pick<VariableDefinition, 'type' | 'initial'> & {
  readonly min?: number | null;
  readonly max?: number | null;
};

function ofValue(path: string, { type, initial, min, max }: Bounded): FieldProblem[] {
  const isNumeric = type === 'int' || type === 'number';
  if (!isNumeric && ((min ?? null) !== null || (max ?? null) !== null)) {
    return [{ path: `${path}.min`, message: 'only numbers have bounds' }];
  }
  const bounds = { min: min ?? -Number.MAX_SAFE_INTEGER, max: max ?? Number.MAX_SAFE_INTEGER };
  const fractions = Object.entries(bounds).filter(([, bound]) => !Number.isSafeInteger(bound));
  if (type === 'int' && fractions.length > 0) {
    return fractions.map(([bound]) => ({
      path: `${path}.${bound}`,
      message: 'must be a whole number, as an INT is one',
    }));
  }
  if (bounds.min > bounds.max) {
    return [{ path: `${path}.max`, message: 'must not be below min' }];
  }
  const slot = { index: 0, kind: 'variable', name: '', type, initial, ...bounds } as const;
  if (!isOfType(slot, initial)) {
    return [{ path: `${path}.initial`, message: `must be of type ${type.toUpperCase()}` }];
  }
  return fitted(slot, initial) === initial
    ? []
    : [{ path: `${path}.initial`, message: 'must lie within min and max' }];
}

/** What protagonists begin with, and where. */
function ofProtagonists(definition: StoryDefinition): FieldProblem[] {
  const story = compile(definition);
  const astray = (definition.schema?.protagonists ?? []).flatMap(({ start }, i) =>
    start === undefined || story.indexOfNode.has(start)
      ? []
      : [
          {
            path: `input.protagonists.${i}.startNodeId`,
            message: 'must be a node of this story',
          },
        ],
  );
  return [
    ...astray,
    ...story.schemaProblems.map((message) => ({ path: 'input.protagonists', message })),
  ];
}
