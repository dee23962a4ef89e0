import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { WithheldReason } from './story-analytics.type.js';

export enum NodeAnalyticsOrder {
  STORY = 'STORY',
  ARRIVALS = 'ARRIVALS',
  DROP_OFF = 'DROP_OFF',
}

registerEnumType(NodeAnalyticsOrder, {
  name: 'NodeAnalyticsOrder',
  description:
    'How nodes are ordered. Ties go by the order of the story; what is withheld is last.',
  valuesMap: {
    STORY: { description: 'As in the story.' },
    ARRIVALS: { description: 'Those that readers came to most often first.' },
    DROP_OFF: { description: 'Those where most went no further first.' },
  },
});

const WITHHELD = { nullable: true, description: 'Why figures are null; null where none is.' };

@ObjectType({ description: 'What readers made of a choice.' })
export class ChoiceAnalytics {
  @Field(() => ID, { description: 'The choice.' })
  choiceId: string;

  @Field({ description: 'A, B, C and so on.' })
  letter: string;

  @Field({ description: 'What the reader may choose.' })
  text: string;

  @Field(() => Int, { nullable: true, description: 'How often it was made.' })
  made: number | null;

  @Field(() => Int, { nullable: true, description: 'How many different readers made it.' })
  readers: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Its share of the choices made at its node, 0 to 1; null where none was made.',
  })
  share: number | null;

  @Field(() => WithheldReason, WITHHELD)
  withheld: WithheldReason | null;
}

@ObjectType({ description: 'What readers did at a node.' })
export class NodeAnalytics {
  @Field(() => ID, { description: 'The node.' })
  nodeId: string;

  @Field({ description: 'What the author calls it.' })
  key: string;

  @Field({ description: 'Its title.' })
  title: string;

  @Field({ description: 'Whether the story ends here.' })
  isEnding: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      'How often readers came to it; a wrong answer to its puzzle counts as coming again.',
  })
  arrivals: number | null;

  @Field(() => Int, { nullable: true, description: 'How many different readers came to it.' })
  readers: number | null;

  @Field(() => Int, { nullable: true, description: 'How many choices were made at it.' })
  choicesMade: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How often readers went no further: arrivals without a choice. 0 at an ending, and where readers went back and chose anew.',
  })
  dropOff: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The share of arrivals that is, 0 to 1; null without arrivals.',
  })
  dropOffRate: number | null;

  @Field(() => WithheldReason, WITHHELD)
  withheld: WithheldReason | null;

  @Field(() => [ChoiceAnalytics], { description: 'Its choices, in order.' })
  choices: ChoiceAnalytics[];
}

export const NodeAnalyticsConnection = ConnectionType('NodeAnalytics', () => NodeAnalytics);

@ObjectType({ description: 'How many readers came to an ending.' })
export class EndingAnalytics {
  @Field(() => ID, { description: 'The ending’s node.' })
  nodeId: string;

  @Field({ description: 'What the author calls it.' })
  key: string;

  @Field({ description: 'Its title.' })
  title: string;

  @Field(() => Int, { nullable: true, description: 'How often it was reached.' })
  finishes: number | null;

  @Field(() => Int, { nullable: true, description: 'How many different readers reached it.' })
  readers: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Its share of all endings reached, 0 to 1; null where none was.',
  })
  share: number | null;

  @Field(() => WithheldReason, WITHHELD)
  withheld: WithheldReason | null;
}

@ObjectType({
  description: 'How many readers came to one of the nodes of a path, by way of those before.',
})
export class FunnelStage {
  @Field(() => ID, { description: 'The node.' })
  nodeId: string;

  @Field({ description: 'What the author calls it.' })
  key: string;

  @Field(() => Int, { nullable: true, description: 'How many playthroughs came to it.' })
  playthroughs: number | null;

  @Field(() => Int, { nullable: true, description: 'How many different readers did.' })
  readers: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The share of the playthroughs looked at, 0 to 1; null without any.',
  })
  share: number | null;

  @Field(() => WithheldReason, WITHHELD)
  withheld: WithheldReason | null;
}

@ObjectType({ description: 'How far along a path of nodes readers come.' })
export class Funnel {
  @Field(() => Int, {
    nullable: true,
    description:
      'How many playthroughs were looked at: the latest that were begun on these days, at most 10,000.',
  })
  playthroughs: number | null;

  @Field({ description: 'Whether there were more.' })
  isCutOff: boolean;

  @Field(() => [FunnelStage], { description: 'The nodes, in the order of the path.' })
  stages: FunnelStage[];
}
