import { Column, Entity, ForeignKey } from 'typeorm';
import { StoryEntity } from '../../stories/story.entity.js';

/** A finding that the author knows of and leaves as it is. It holds while the place of the finding stays the same. */
@Entity('finding_acknowledgements')
export class AcknowledgementEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryEntity)
  storyId: number;

  /** Which finding: see `findingKey`. */
  @Column('text', { primary: true })
  finding: string;

  /** What its place was then: see `placeHash`. */
  @Column('text')
  placeHash: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
