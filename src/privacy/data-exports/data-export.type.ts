import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum DataExportStatus {
  QUEUED = 'queued',
  RUNNING = 'running',
  DONE = 'done',
  FAILED = 'failed',
}

registerEnumType(DataExportStatus, {
  name: 'DataExportStatus',
  description: 'How far a data export is.',
  valuesMap: {
    QUEUED: { description: 'It waits for its turn.' },
    RUNNING: { description: 'It is being written.' },
    DONE: { description: 'The file can be downloaded.' },
    FAILED: { description: 'It broke off again and again; ask for another one.' },
  },
});

@ObjectType({ description: 'A file with all that is kept of you, as JSON.' })
export class DataExport {
  @Field(() => ID, { description: 'The id of the export.' })
  id: string;

  @Field(() => DataExportStatus, { description: 'How far it is.' })
  status: DataExportStatus;

  @Field(() => Float, {
    nullable: true,
    description: 'How many bytes the file has; null until it is written.',
  })
  size: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where to download it, for ten minutes, by whoever has the address; ask again for another one. Null until it is written.',
  })
  url: string | null;

  @Field({ description: 'When it was asked for.' })
  createdAt: Date;

  @Field({ description: 'When it is deleted.' })
  expiresAt: Date;
}
