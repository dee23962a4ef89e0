import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { ObstacleCount, toObstacleCounts } from './obstacle.type.js';
import type { PlaythroughMoveEntity } from './playthrough-move.entity.js';

export enum MoveStatus {
  QUEUED = 'queued',
  RUNNING = 'running',
  DONE = 'done',
  FAILED = 'failed',
}

registerEnumType(MoveStatus, {
  name: 'MoveStatus',
  description: 'How far a move of readers is.',
  valuesMap: {
    QUEUED: { description: 'It waits for its turn.' },
    RUNNING: { description: 'Readers are being moved.' },
    DONE: { description: 'Everybody has been looked at.' },
    FAILED: {
      description:
        'It broke off: `error` says why. Those moved are moved; move the rest with movePlaythroughs.',
    },
  },
});

@ObjectType({
  description: 'The move of all who are reading a story to one of its versions, in the background.',
})
export class PlaythroughMove {
  @Field(() => ID, { description: 'The id of the move.' })
  id: string;

  @Field(() => MoveStatus, { description: 'How far it is.' })
  status: MoveStatus;

  @Field(() => Int, { description: 'How many playthroughs have been moved so far.' })
  moved: number;

  @Field(() => Int, { description: 'How many have been looked at and stay on their version.' })
  staying: number;

  @Field(() => [ObstacleCount], { description: 'Why these stay, and how many.' })
  obstacles: ObstacleCount[];

  @Field(() => Int, {
    description: 'How many a fault kept from being moved: they go on where they are.',
  })
  failed: number;

  @Field(() => String, { nullable: true, description: 'Why it broke off, for FAILED.' })
  error: string | null;

  @Field({ description: 'When it was asked for.' })
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it ended.' })
  finishedAt: Date | null;

  /** Not exposed: what resolvers go on from. */
  readonly row: PlaythroughMoveEntity;
}

export const PlaythroughMoveConnection = ConnectionType('PlaythroughMove', () => PlaythroughMove);

export function toMove(row: PlaythroughMoveEntity): PlaythroughMove {
  const obstacles = toObstacleCounts(Object.entries(row.obstacles));
  return {
    id: encodeId('move', row.moveId),
    status: row.status as MoveStatus,
    moved: row.moved,
    staying: obstacles.reduce((sum, { playthroughs }) => sum + playthroughs, 0),
    obstacles,
    failed: row.failed,
    error: row.error,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    row,
  };
}
