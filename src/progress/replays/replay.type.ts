import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType, type Connection } from '../../graphql/connection.js';
import { PlayEvent } from '../../engine/play-event.type.js';

export enum StepKind {
  START = 'START',
  CHOICE = 'CHOICE',
  BACK = 'BACK',
  VARIABLES_SET = 'VARIABLES_SET',
  MOVED = 'MOVED',
}

registerEnumType(StepKind, {
  name: 'StepKind',
  description: 'What a step of a playthrough is.',
  valuesMap: {
    START: { description: 'The playthrough began.' },
    CHOICE: { description: 'A choice was made.' },
    BACK: { description: 'The reader took back choices, or loaded a save.' },
    VARIABLES_SET: { description: 'The reader set variables.' },
    MOVED: { description: 'The playthrough was moved to another version of the story.' },
  },
});

@ObjectType({ description: 'One step of a replay.' })
export class ReplayStep {
  @Field(() => Int, {
    nullable: true,
    description: 'The number of the step, from 0; null for the start.',
  })
  step: number | null;

  @Field(() => StepKind, { description: 'What it was.' })
  kind: StepKind;

  @Field(() => ID, { description: 'The version that the playthrough was on after it.' })
  versionId: string;

  @Field(() => ID, { nullable: true, description: 'The choice that was made, for CHOICE.' })
  choiceId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The choice as the reader had it before them, for CHOICE.',
  })
  choiceText: string | null;

  @Field(() => ID, { description: 'The node that the reader stood at after it.' })
  nodeId: string;

  @Field({ description: 'What that node was called in that version.' })
  nodeTitle: string;

  @Field({ description: 'When it was made.' })
  at: Date;

  @Field(() => [PlayEvent], { description: 'What it brought about, as far as readers see it.' })
  events: PlayEvent[];
}

export const ReplayStepConnection = ConnectionType('ReplayStep', () => ReplayStep);

@ObjectType({ description: 'A playthrough, played again from its seed and its steps.' })
export class Replay {
  @Field({
    description:
      'Whether it comes out exactly as it is stored. If not, what is stored was not played.',
  })
  isGenuine: boolean;

  /** Not exposed: the steps are read from these. */
  readonly frames: readonly ReplayStep[];
}

export type ReplaySteps = Connection<ReplayStep>;
