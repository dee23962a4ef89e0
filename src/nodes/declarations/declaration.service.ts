import { Injectable } from '@nestjs/common';
import type { StoryDefinition } from '../../engine/core/definition.js';
import { compile } from '../../engine/core/story.js';
import { badUserInput, type FieldProblem } from '../../graphql/errors.js';
import { allFaults, faultsOf } from '../../graphql/input-faults.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { StoryService } from '../../stories/story.service.js';
import { NodeRepository } from '../nodes/node.repository.js';
import {
  declarationProblems,
  protagonistProblems,
  repeated,
  type DeclarationProblem,
} from './declaration.check.js';
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
    const faults = faultsOf(input);
    if (faults.some(isOfList)) throw badUserInput(faults);
    const schema = toDefinition(input);
    const story: StoryDefinition = { schema, nodes: await this.nodes.skeleton(storyId) };
    const ofRules = [
      ...declarationProblems(schema),
      ...repeatedValues(input),
      ...protagonistProblems(compile(story)),
    ];
    const problems = allFaults(faults, ofRules.map(toFieldProblem));
    if (problems.length > 0) throw badUserInput(problems);
    const updated = await this.changes.by(viewer, storyId, () =>
      this.storyRepository.update(storyId, revision, { schema }),
    );
    return (
      updated ?? (await this.stories.refuseStale(viewer, storyId, { revision, path: 'revision' }))
    );
  }
}

/** Lists that are too long are not looked into. */
const isOfList = ({ path }: FieldProblem) => /^input\.\w+$|\.(variables|stats|items)$/.test(path);

/** The names that a list within a protagonist has twice; everything else is a matter of the declarations themselves. */
const repeatedValues = ({ protagonists }: StorySchema): DeclarationProblem[] =>
  protagonists.flatMap(({ variables, stats, items }, i) =>
    Object.entries({ variables, stats, items }).flatMap(([list, values]) =>
      repeated(
        ['protagonists', i, list],
        values.map(({ name }) => name),
        'name',
      ),
    ),
  );

/** By the names that the input has for what is declared. */
const toFieldProblem = ({ path, message }: DeclarationProblem): FieldProblem => ({
  path: ['input', ...path].join('.').replace(/\.start$/, '.startNodeId'),
  message,
});
