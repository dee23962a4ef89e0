import { Column, Entity } from 'typeorm';

/**
 * A story that is near another: who likes that one may like this one. All rows are made anew at a time, so that they carry no
 * foreign keys, which would be looked up for each of them; they are always read together with their stories.
 */
@Entity('story_neighbours')
export class StoryNeighbourEntity {
  @Column('bigint', { primary: true })
  storyId: number;

  @Column('bigint', { primary: true })
  neighbourId: number;

  /** How near: above 0, and 1 at most. */
  @Column('real')
  score: number;

  /** Whether that is rather told by their readers than by what they are about. */
  @Column('boolean')
  isByReaders: boolean;
}
