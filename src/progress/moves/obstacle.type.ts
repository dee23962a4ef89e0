import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum MoveObstacle {
  ENDED = 'ended',
  NODE_GONE = 'node-gone',
  NODE_ENDS = 'node-ends',
  PROTAGONIST_GONE = 'protagonist-gone',
  STUCK = 'stuck',
}

registerEnumType(MoveObstacle, {
  name: 'MoveObstacle',
  description:
    'Why a playthrough cannot go on in another version of its story, nor at the replacement of its node.',
  valuesMap: {
    ENDED: { description: 'It stands on an ending.' },
    NODE_GONE: { description: 'The node where it stands is deleted.' },
    NODE_ENDS: { description: 'The node where it stands has become an ending.' },
    PROTAGONIST_GONE: { description: 'Whom the reader plays is declared no longer.' },
    STUCK: {
      description: 'No way would lead to an ending there any more, though one does now.',
    },
  },
});

@ObjectType({ description: 'How many playthroughs have one reason to stay on their version.' })
export class ObstacleCount {
  @Field(() => MoveObstacle, { description: 'The reason.' })
  obstacle: MoveObstacle;

  @Field(() => Int, { description: 'How many have it.' })
  playthroughs: number;
}

export const toObstacleCounts = (
  counts: Iterable<readonly [obstacle: string, playthroughs: number]>,
): ObstacleCount[] =>
  Array.from(counts, ([obstacle, playthroughs]) => ({
    obstacle: obstacle as MoveObstacle,
    playthroughs,
  }));
