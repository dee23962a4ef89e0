import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { WithheldReason } from './story-analytics.type.js';

const WITHHELD = { nullable: true, description: 'Why figures are null; null where none is.' };

@ObjectType({
  description: 'Who comes to a node: by its structure, in simulated plays, and really.',
})
export class NodeCoverage {
  @Field(() => ID, { description: 'The node.' })
  nodeId: string;

  @Field({ description: 'What the author calls it.' })
  key: string;

  @Field({ description: 'Whether choices lead to it from the start, whatever their conditions.' })
  isReachable: boolean;

  @Field(() => Int, { description: 'How often simulated plays came to it.' })
  simulated: number;

  @Field(() => Int, { nullable: true, description: 'How often readers came to it.' })
  arrivals: number | null;

  @Field(() => WithheldReason, WITHHELD)
  withheld: WithheldReason | null;
}

@ObjectType({
  description: 'Who makes a choice: by its structure, in simulated plays, and really.',
})
export class ChoiceCoverage {
  @Field(() => ID, { description: 'The choice.' })
  choiceId: string;

  @Field({ description: 'What the author calls its node.' })
  nodeKey: string;

  @Field({ description: 'A, B, C and so on.' })
  letter: string;

  @Field({ description: 'Whether choices lead to its node from the start.' })
  isReachable: boolean;

  @Field(() => Int, { description: 'How often simulated plays made it.' })
  simulated: number;

  @Field(() => Int, { nullable: true, description: 'How often readers made it.' })
  made: number | null;

  @Field(() => WithheldReason, WITHHELD)
  withheld: WithheldReason | null;
}

export const NodeCoverageConnection = ConnectionType('NodeCoverage', () => NodeCoverage);
export const ChoiceCoverageConnection = ConnectionType('ChoiceCoverage', () => ChoiceCoverage);

@ObjectType({ description: 'How many there are, and how many of them are come by in which way.' })
export class CoverageCount {
  @Field(() => Int, { description: 'All of them.' })
  total: number;

  @Field(() => Int, { description: 'Those that choices lead to from the start.' })
  reachable: number;

  @Field(() => Int, { description: 'Those that some simulated play came by.' })
  simulated: number;

  @Field(() => Int, { description: 'Those that readers came by, as far as it is told.' })
  told: number;
}

@ObjectType({
  description:
    'How much of a version readers see, beside what could be seen: by its structure, and in 1,000 random plays that are made when this is asked for.',
})
export class StoryCoverage {
  @Field(() => Int, { description: 'How many plays were simulated.' })
  plays: number;

  @Field(() => CoverageCount, { description: 'Of the nodes.' })
  nodeCount: CoverageCount;

  @Field(() => CoverageCount, { description: 'Of the choices.' })
  choiceCount: CoverageCount;

  /** Not exposed: what resolvers go on from, in the order of the story. */
  readonly covered: {
    readonly nodes: readonly NodeCoverage[];
    readonly choices: readonly ChoiceCoverage[];
  };
}
