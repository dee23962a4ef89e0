import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { ImportJobEntity, ImportStoryEntity } from './import-job.entity.js';

export enum ImportStatus {
  QUEUED = 'queued',
  RUNNING = 'running',
  DONE = 'done',
  FAILED = 'failed',
}

registerEnumType(ImportStatus, {
  name: 'ImportStatus',
  description: 'How far an import is.',
  valuesMap: {
    QUEUED: { description: 'It waits for its turn.' },
    RUNNING: { description: 'It is being worked on; see `phase` and `progress`.' },
    DONE: { description: 'Every story of the file was imported or refused.' },
    FAILED: { description: 'It broke off: `error` says why. Stories imported until then stay.' },
  },
});

export enum ImportPhase {
  READING = 'reading',
  WRITING = 'writing',
}

registerEnumType(ImportPhase, {
  name: 'ImportPhase',
  description: 'What is being done with a file.',
  valuesMap: {
    READING: { description: 'The file is read.' },
    WRITING: { description: 'Its stories are checked and written, one after another.' },
  },
});

export enum ImportAction {
  CREATED = 'created',
  UPDATED = 'updated',
  UNCHANGED = 'unchanged',
  REFUSED = 'refused',
}

registerEnumType(ImportAction, {
  name: 'ImportAction',
  description: 'What an import did with a story.',
  valuesMap: {
    CREATED: { description: 'It is new.' },
    UPDATED: { description: 'Its draft became what the file says; undoDraft takes that back.' },
    UNCHANGED: { description: 'Its draft was what the file says already.' },
    REFUSED: { description: 'It has errors, and nothing of it was written.' },
  },
});

@ObjectType({ description: 'What became of one story of a file.' })
export class ImportedStory {
  @Field({ description: 'Its title, or where it stands in the file when it has none.' })
  title: string;

  @Field(() => ImportAction, { description: 'What was done with it, or would be in a dry run.' })
  action: ImportAction;

  @Field(() => Int, { description: 'How many nodes the file has of it.' })
  nodes: number;

  @Field(() => Int, { description: 'How many choices the file has of it.' })
  choices: number;

  @Field(() => Int, { description: 'How many problems were found; the first 500 are kept.' })
  problemCount: number;

  /** Not exposed: what resolvers go on from. */
  readonly row: ImportStoryEntity;
}

export const ImportedStoryConnection = ConnectionType('ImportedStory', () => ImportedStory);

@ObjectType({ description: 'A file that is imported in the background.' })
export class ImportJob {
  @Field(() => ID, { description: 'The id of the import.' })
  id: string;

  @Field(() => ImportStatus, { description: 'How far it is.' })
  status: ImportStatus;

  @Field(() => ImportPhase, { nullable: true, description: 'What is being done, while RUNNING.' })
  phase: ImportPhase | null;

  @Field({ description: 'Whether nothing is written.' })
  dryRun: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'How many stories the file has; null until it is read.',
  })
  storiesTotal: number | null;

  @Field(() => String, { nullable: true, description: 'Why it broke off, for FAILED.' })
  error: string | null;

  @Field({ description: 'When it was asked for.' })
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was done.' })
  finishedAt: Date | null;

  /** Not exposed: what resolvers go on from. */
  readonly row: ImportJobEntity;
}

export const ImportJobConnection = ConnectionType('ImportJob', () => ImportJob);

/** How much of an import is done, from 0 to 1. */
export const progressOf = ({ status, storiesTotal }: ImportJobEntity, stories: number): number => {
  if (status === 'done') return 1;
  return storiesTotal ? stories / storiesTotal : 0;
};

export const toImportJob = (row: ImportJobEntity): ImportJob => ({
  id: encodeId('import', row.importId),
  status: row.status as ImportStatus,
  phase: row.phase as ImportPhase | null,
  dryRun: row.request.isDryRun,
  storiesTotal: row.storiesTotal,
  error: row.error,
  createdAt: row.createdAt,
  finishedAt: row.finishedAt,
  row,
});

export const toImportedStory = (row: ImportStoryEntity): ImportedStory => ({
  title: row.title,
  action: row.action as ImportAction,
  nodes: row.nodeCount,
  choices: row.choiceCount,
  problemCount: row.problemCount,
  row,
});
