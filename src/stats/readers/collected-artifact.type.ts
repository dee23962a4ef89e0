import { Field, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import type { CollectedRow } from './user-stats.repository.js';

@ObjectType({ description: 'An artifact that a reader has collected in a story.' })
export class CollectedArtifact {
  @Field({ description: 'Its key in the story.' })
  key: string;

  @Field({ description: 'When it was first collected.' })
  collectedAt: Date;

  /** Not exposed: what resolvers go on from. */
  readonly row: CollectedRow;
}

export const CollectedArtifactConnection = ConnectionType(
  'CollectedArtifact',
  () => CollectedArtifact,
);

export const toCollected = (row: CollectedRow): CollectedArtifact => ({
  key: row.key,
  collectedAt: row.at,
  row,
});
