import { ArgsType, Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsString, Max, MaxLength, Min } from 'class-validator';
import { encodeId } from '../../graphql/ids.js';
import type { SimulationOutcome } from '../story.tasks.js';

export enum SimulationStrategy {
  UNIFORM = 'uniform',
  PREFER_UNSEEN = 'prefer-unseen',
  READERS = 'readers',
}

registerEnumType(SimulationStrategy, {
  name: 'SimulationStrategy',
  description: 'How simulated readers choose among the open choices.',
  valuesMap: {
    UNIFORM: { description: 'Each as likely as the others.' },
    PREFER_UNSEEN: { description: 'One that was made least often so far: covers a story soonest.' },
    READERS: {
      description: 'As often as readers did; evenly where they made none of its choices.',
    },
  },
});

const MOST_PLAYS = 100_000;

@ArgsType()
export class SimulationArgs {
  @Field(() => Int, {
    defaultValue: 1000,
    description:
      'How many plays: 1 to 100,000; fewer are made where they would take over ten seconds.',
  })
  @Min(1, { message: 'must be at least 1' })
  @Max(MOST_PLAYS, { message: 'must be at most 100,000' })
  plays: number;

  @Field({ defaultValue: 'talegraph', description: 'The same seed gives the same simulation.' })
  @IsString()
  @MaxLength(100, { message: 'must have at most 100 characters' })
  seed: string;

  @Field(() => SimulationStrategy, {
    defaultValue: SimulationStrategy.UNIFORM,
    description: 'How choices are made.',
  })
  strategy: SimulationStrategy;
}

@ObjectType({ description: 'How often a node was visited.' })
export class NodeHits {
  @Field(() => ID, { description: 'The node.' })
  nodeId: string;

  @Field(() => Int, { description: 'How often it was entered in all plays.' })
  hits: number;
}

@ObjectType({ description: 'How often a choice was made.' })
export class ChoiceHits {
  @Field(() => ID, { description: 'The choice.' })
  choiceId: string;

  @Field(() => Int, { description: 'How often it was made in all plays.' })
  hits: number;

  @Field(() => Float, { description: 'Among the choices made at its node, 0 to 1.' })
  share: number;
}

@ObjectType({ description: 'How many plays came to an ending.' })
export class EndingShare {
  @Field(() => ID, { description: 'The ending’s node.' })
  nodeId: string;

  @Field(() => Int, { description: 'How many plays came there.' })
  plays: number;

  @Field(() => Float, { description: 'Among all plays, 0 to 1.' })
  share: number;
}

@ObjectType({
  description: 'How many choices the plays that ended took: each is the length of some play.',
})
export class PathLengths {
  @Field(() => Int, { description: 'One in twenty plays was no longer.' })
  p5: number;

  @Field(() => Int, { description: 'A quarter of the plays were no longer.' })
  p25: number;

  @Field(() => Int, { description: 'Half of the plays were no longer.' })
  p50: number;

  @Field(() => Int, { description: 'Three quarters of the plays were no longer.' })
  p75: number;

  @Field(() => Int, { description: 'All but one in twenty plays were no longer.' })
  p95: number;

  @Field(() => Int, { description: 'The longest play.' })
  max: number;
}

@ObjectType({ description: 'What many random plays of a draft show.' })
export class Simulation {
  @Field(() => SimulationStrategy, { description: 'How choices were really made.' })
  strategy: SimulationStrategy;

  @Field(() => Int, { description: 'How many plays were made.' })
  plays: number;

  @Field(() => Int, { description: 'How many choices they made in all.' })
  steps: number;

  @Field(() => Int, { description: 'How many came to an ending.' })
  ended: number;

  @Field(() => Int, { description: 'How many came to where no choice was open.' })
  stuck: number;

  @Field(() => [ID], {
    nullable: true,
    description: 'The choices of the first play that got stuck; null when none did.',
  })
  stuckPath: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who made that play; null when none got stuck, or the story has no protagonists.',
  })
  stuckProtagonist: string | null;

  @Field(() => Int, { description: 'How many were cut off after 1,000 choices.' })
  cutOff: number;

  @Field(() => Float, { description: 'The share of nodes that some play came by, 0 to 1.' })
  nodeCoverage: number;

  @Field(() => Float, { description: 'The share of choices that some play made, 0 to 1.' })
  choiceCoverage: number;

  @Field(() => [EndingShare], { description: 'Every ending, the most frequent first.' })
  endings: EndingShare[];

  @Field(() => PathLengths, { nullable: true, description: 'Null when no play ended.' })
  lengths: PathLengths | null;

  @Field(() => [NodeHits], { description: 'The ten nodes that were visited least.' })
  leastVisited: NodeHits[];

  @Field(() => [NodeHits], { description: 'Every node.' })
  nodes: NodeHits[];

  @Field(() => [ChoiceHits], { description: 'Every choice.' })
  choices: ChoiceHits[];
}

const toNodeHits = ({ node, hits }: { node: number; hits: number }): NodeHits => ({
  nodeId: encodeId('node', node),
  hits,
});

export const toSimulation = ({ simulation, strategy }: SimulationOutcome): Simulation => ({
  ...simulation,
  strategy: strategy as SimulationStrategy,
  stuckPath: simulation.stuckPath?.choices.map((choice) => encodeId('choice', choice)) ?? null,
  stuckProtagonist: simulation.stuckPath?.protagonist ?? null,
  endings: simulation.endings.map(({ node, plays, share }) => ({
    nodeId: encodeId('node', node),
    plays,
    share,
  })),
  lengths: simulation.lengths ?? null,
  leastVisited: simulation.leastVisited.map(toNodeHits),
  nodes: simulation.nodes.map(toNodeHits),
  choices: simulation.choices.map(({ choice, hits, share }) => ({
    choiceId: encodeId('choice', choice),
    hits,
    share,
  })),
});
