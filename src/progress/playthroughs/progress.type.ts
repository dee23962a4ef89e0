import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { PlayState } from '../../engine/core/play.js';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { EndingKind } from '../../nodes/nodes/node.type.js';
import type { PublishedStory } from '../../publishing/reader/published-story.js';
import { StoryNode } from '../../publishing/reader/reader-node.type.js';
import { PlayEvent } from '../../engine/play-event.type.js';
import type { ProgressStepEntity } from './progress-step.entity.js';
import type { ProgressEntity } from './progress.entity.js';

export enum ProgressStatus {
  IN_PROGRESS = 'IN_PROGRESS',
  COMPLETED = 'COMPLETED',
}

registerEnumType(ProgressStatus, {
  name: 'ProgressStatus',
  description: 'How far a playthrough has come.',
  valuesMap: {
    IN_PROGRESS: { description: 'No ending has been reached yet.' },
    COMPLETED: { description: 'An ending has been reached.' },
  },
});

@ObjectType({
  description:
    'A playthrough of a story. It stays on the version that it began with until it is moved to a later one.',
})
export class Progress {
  @Field(() => ID, { description: 'The id of the playthrough.' })
  id: string;

  @Field(() => Int, {
    description:
      'How many steps have been made: choices, and what you did between them. Send it with the next makeChoice, undo or setVariables.',
  })
  step: number;

  @Field(() => ProgressStatus, { description: 'How far it has come.' })
  status: ProgressStatus;

  @Field({ description: 'Whether an ending has been reached.' })
  isCompleted: boolean;

  @Field(() => EndingKind, {
    nullable: true,
    description: 'How the reached ending feels; null before, and where the author left it open.',
  })
  ending: EndingKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'The key of the protagonist who is played, where the story has several.',
  })
  protagonist: string | null;

  @Field({ description: 'When it began.' })
  startTime: Date;

  @Field({ description: 'When the last choice was made.' })
  lastUpdated: Date;

  @Field(() => Date, {
    nullable: true,
    description:
      'When it last came to another version: moved by the author or by you, or taken back past such a move. Null while it has been on one version alone.',
  })
  movedAt: Date | null;

  /** Not exposed: what resolvers go on from. */
  readonly row: ProgressEntity;
}

export const ProgressConnection = ConnectionType('Progress', () => Progress);

@ObjectType({ description: 'A choice that was made in a playthrough.' })
export class ChoiceMade {
  @Field(() => Int, { description: 'The step it was made on, from 0.' })
  step: number;

  @Field(() => ID, { description: 'The node it was made at.' })
  nodeId: string;

  @Field(() => ID, { description: 'The choice.' })
  choiceId: string;

  @Field({ description: 'When it was made.' })
  at: Date;
}

export const ChoiceMadeConnection = ConnectionType('ChoiceMade', () => ChoiceMade);

/** Where a choice was made. */
export interface Left {
  readonly story: PublishedStory;
  /** As it was before the choice. */
  readonly state: PlayState;
}

@ObjectType({
  description: 'What a choice led to. The same choice on the same step always gives the same.',
})
export class MakeChoicePayload {
  @Field(() => Progress, { description: 'The playthrough as it stood after the choice.' })
  progress: Progress;

  @Field(() => StoryNode, { description: 'The node that the choice led to.' })
  nextNode: StoryNode;

  @Field(() => String, { nullable: true, description: 'What the reader is told.' })
  consequences: string | null;

  @Field({ description: 'Whether that node is an ending.' })
  isEnding: boolean;

  @Field(() => [PlayEvent], { description: 'Everything the choice brought about, in order.' })
  events: PlayEvent[];

  /** Not exposed: what resolvers go on from. */
  readonly left: Left;
}

export const toProgress = (row: ProgressEntity): Progress => ({
  id: encodeId('progress', row.progressId),
  step: row.step,
  status: row.isCompleted ? ProgressStatus.COMPLETED : ProgressStatus.IN_PROGRESS,
  isCompleted: row.isCompleted,
  ending: row.ending as EndingKind | null,
  protagonist: row.state.protagonist ?? null,
  startTime: row.startTime,
  lastUpdated: row.lastUpdated,
  movedAt: row.movedAt,
  row,
});

export const toChoiceMade = (step: ProgressStepEntity & { choiceId: number }): ChoiceMade => ({
  step: step.seq,
  nodeId: encodeId('node', step.nodeId),
  choiceId: encodeId('choice', step.choiceId),
  at: step.at,
});
