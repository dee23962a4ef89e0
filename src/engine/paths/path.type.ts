import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { encodeId } from '../../graphql/ids.js';
import { endingDistances, shortestPath, unavoidable } from '../core/paths.js';
import type { CompiledStory } from '../core/story.js';

@ObjectType({ description: 'One choice of a path.' })
export class PathStep {
  @Field(() => ID, { description: 'The node it is made at.' })
  nodeId: string;

  @Field(() => ID, { description: 'The choice.' })
  choiceId: string;

  @Field({ description: 'Whether its dice or its puzzle must fail.' })
  byFailing: boolean;
}

@ObjectType({ description: 'How far an ending is from the start.' })
export class EndingDistance {
  @Field(() => ID, { description: 'The ending’s node.' })
  nodeId: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The fewest choices that lead there; null when none do.',
  })
  distance: number | null;
}

@ObjectType({
  description:
    'Ways through a draft by its choices alone: conditions are not looked at, so that readers may find a way closed. The prover knows.',
})
export class StoryPaths {
  @Field(() => [EndingDistance], { description: 'Every ending, the nearest first.' })
  endings: EndingDistance[];

  @Field(() => [PathStep], {
    nullable: true,
    description:
      'A way to the node with the fewest choices; null when none leads there, or no node was given.',
  })
  shortest: PathStep[] | null;

  @Field(() => [ID], {
    description: 'The nodes that every way to the node passes, in order, itself the last.',
  })
  unavoidable: string[];
}

export const toPaths = (story: CompiledStory, nodeId: number | undefined): StoryPaths => ({
  endings: endingDistances(story).map(({ node, distance }) => ({
    nodeId: encodeId('node', node),
    distance: distance ?? null,
  })),
  shortest: nodeId === undefined ? null : toSteps(story, nodeId),
  unavoidable:
    nodeId === undefined ? [] : unavoidable(story, nodeId).map((node) => encodeId('node', node)),
});

function toSteps(story: CompiledStory, nodeId: number): PathStep[] | null {
  const nodeOf = new Map(
    story.choices.map(({ id }, index) => [id, story.nodes[story.source[index]!]!.id]),
  );
  const path = shortestPath(story, nodeId)?.map(({ choice, byFailing }) => ({
    nodeId: encodeId('node', nodeOf.get(choice)!),
    choiceId: encodeId('choice', choice),
    byFailing,
  }));
  return path ?? null;
}
