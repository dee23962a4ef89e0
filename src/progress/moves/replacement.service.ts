import { Injectable } from '@nestjs/common';
import type { CompiledStory } from '../../engine/core/story.js';
import { badUserInput } from '../../graphql/errors.js';
import { NodeRepository } from '../../nodes/nodes/node.repository.js';
import type { NodeReplacementInput } from '../../publishing/versions/publishing.inputs.js';
import { decodeReplacements, replacementProblems, type Replacement } from './replacements.js';

/** A map of nodes as an author gives it, and where it stands in the input. */
export interface ReplacementMap {
  readonly map: readonly NodeReplacementInput[];
  readonly path: string;
}

@Injectable()
export class ReplacementService {
  constructor(private readonly nodes: NodeRepository) {}

  /**
   * @param story the version that readers are to go on in
   * @throws {ApiError} `BAD_USER_INPUT` with all that is wrong with the map
   */
  async check(
    storyId: number,
    story: CompiledStory,
    { map, path }: ReplacementMap,
  ): Promise<Replacement[]> {
    const replacements = decodeReplacements(map, path);
    const ids = replacements.map(({ from }) => from);
    const nodes = await this.nodes.everIn(storyId, ids);
    const problems = replacementProblems(replacements, { story, nodes, path });
    if (problems.length > 0) throw badUserInput(problems);
    return replacements;
  }
}
