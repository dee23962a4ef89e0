import {
  Check,
  Column,
  Entity,
  ForeignKey,
  Index,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';
import type { FileProblem } from '../formats/place.js';
import type { ComparedDrafts } from '../comparison/comparison.tasks.js';
import type { FidelityReport } from '../formats/twine/fidelity.js';
import type { Overwrite } from './overwrites.js';

export type ImportState = 'queued' | 'running' | 'done' | 'failed';

/** What is done with a story that the author has already. */
export type ExistingRule = 'update' | 'create';

/** What is to be done with a file. */
export interface ImportRequest {
  /** Found out from the file when left out. */
  readonly format?: string;
  readonly isDryRun: boolean;
  /** The story that becomes what the file says, whatever the file calls it. */
  readonly storyId?: number;
  readonly onExisting: ExistingRule;
  /** The upload that has the file, where the job does not. */
  readonly uploadId?: number;
}

/** A file to import, and how far that is. */
@Entity('import_jobs')
@Check('import_jobs_status_check', `status IN ('queued', 'running', 'done', 'failed')`)
@Check('import_jobs_phase_check', `phase IN ('reading', 'writing')`)
@Index(['userId', 'importId'])
export class ImportJobEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  importId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('text', { default: 'queued' })
  status: ImportState;

  /** What is being done; null before and after. */
  @Column('text', { nullable: true })
  phase: 'reading' | 'writing' | null;

  @Column('jsonb')
  request: ImportRequest;

  /** The file; null where it was uploaded, and once it is imported. */
  @Column('text', { nullable: true })
  content: string | null;

  /** The file of choices, where a story in CSV comes in two. */
  @Column('text', { nullable: true })
  moreContent: string | null;

  /** How many stories the file has; null until it is read. */
  @Column('integer', { nullable: true })
  storiesTotal: number | null;

  /** What is wrong with the file as a whole. */
  @Column('jsonb', { default: () => `'[]'` })
  problems: FileProblem[];

  /** Why it failed. */
  @Column('text', { nullable: true })
  error: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}

/** What an import does to a draft that is there. */
export interface ImportChanges extends ComparedDrafts {
  readonly overwrites: readonly Overwrite[];
}

export type ImportAct = 'created' | 'updated' | 'unchanged' | 'refused';

/** What became of one story of a file. Written together with the story, so that no story is imported twice. */
@Entity('import_stories')
@Check('import_stories_action_check', `action IN ('created', 'updated', 'unchanged', 'refused')`)
@Index(['storyId'])
export class ImportStoryEntity {
  @PrimaryColumn('bigint')
  @ForeignKey(() => ImportJobEntity)
  importId: number;

  /** Where it stands in the file, from 0. */
  @PrimaryColumn('integer')
  place: number;

  @Column('text')
  title: string;

  @Column('text')
  action: ImportAct;

  /** Null where it was refused, or would be new in a dry run. */
  @Column('bigint', { nullable: true })
  @ForeignKey(() => StoryEntity)
  storyId: number | null;

  @Column('integer')
  nodeCount: number;

  @Column('integer')
  choiceCount: number;

  /** The first of them. */
  @Column('jsonb')
  problems: FileProblem[];

  @Column('integer')
  problemCount: number;

  /** Of stories that were made with Twine. */
  @Column('jsonb', { nullable: true })
  report: FidelityReport | null;

  /** Of stories that are updated. Up to some megabytes: read where it is asked for. */
  @Column('jsonb', { nullable: true, select: false })
  changes: ImportChanges | null;
}
