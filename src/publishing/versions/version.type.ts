import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { VersionHead } from './version.repository.js';

@ObjectType({ description: 'A published version of a story. It never changes.' })
export class StoryVersion {
  @Field(() => ID, { description: 'The id of the version.' })
  id: string;

  @Field(() => Int, { description: '1, 2, 3 and so on within the story.' })
  number: number;

  @Field({ description: 'SHA-256 of its content, in hexadecimal.' })
  contentHash: string;

  @Field(() => String, { nullable: true, description: 'What the author noted on publishing it.' })
  note: string | null;

  @Field({ description: 'When it was published.' })
  createdAt: Date;

  /** Not exposed: what resolvers go on from. */
  readonly row: VersionHead;
}

export const StoryVersionConnection = ConnectionType('StoryVersion', () => StoryVersion);

export const toVersion = (head: VersionHead): StoryVersion => ({
  id: encodeId('version', head.versionId),
  number: head.number,
  contentHash: head.contentHash,
  note: head.note,
  createdAt: head.createdAt,
  row: head,
});
