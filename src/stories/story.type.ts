import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { User } from '../auth/users/user.type.js';
import { ConnectionType } from '../graphql/connection.js';
import { PublicRead } from '../graphql/public-read.js';
import { encodeId } from '../graphql/ids.js';
import type { StoryEntity } from './story.entity.js';

export enum StoryDifficulty {
  EASY = 'easy',
  MEDIUM = 'medium',
  HARD = 'hard',
}

registerEnumType(StoryDifficulty, {
  name: 'StoryDifficulty',
  description: 'How hard it is to reach a good ending.',
  valuesMap: {
    EASY: { description: 'Most paths end well.' },
    MEDIUM: { description: 'Good endings take some thought.' },
    HARD: { description: 'Good endings are well hidden.' },
  },
});

@ObjectType({ description: 'A branching story.' })
export class Story {
  @PublicRead()
  @Field(() => ID, { description: 'The id of the story.' })
  id: string;

  @PublicRead()
  @Field({ description: 'The unique name of the story in addresses.' })
  slug: string;

  @PublicRead()
  @Field({ description: 'The title.' })
  title: string;

  @PublicRead()
  @Field({ description: 'What the story is about, in a few sentences.' })
  description: string;

  @PublicRead()
  @Field(() => StoryDifficulty, { description: 'How hard it is to reach a good ending.' })
  difficultyLevel: StoryDifficulty;

  @PublicRead()
  @Field({ description: 'The category, as in storyCategories.' })
  category: string;

  @PublicRead()
  @Field(() => [String], { description: 'The tags, in lower case.' })
  tags: string[];

  @PublicRead()
  @Field({ description: 'The language it is written in, as a BCP 47 tag.' })
  language: string;

  @PublicRead()
  @Field({
    description: 'Whether readers get only the nodes that their own playthroughs have visited.',
  })
  spoilerGuard: boolean;

  @Field({ description: 'Whether readers see, after a choice, how others chose.' })
  showChoiceShares: boolean;

  @PublicRead()
  @Field({ description: 'Whether readers can find and start it.' })
  isPublished: boolean;

  @PublicRead()
  @Field(() => Date, { nullable: true, description: 'When it was first published.' })
  publishedAt: Date | null;

  @Field(() => Int, { description: 'How many playthroughs were started, up to some seconds ago.' })
  playCount: number;

  @Field(() => Float, {
    nullable: true,
    description: 'The mean rating, 1 to 5; null without ratings.',
  })
  averageRating: number | null;

  @Field(() => Int, { description: 'How many readers have rated it.' })
  ratingCount: number;

  @Field(() => Int, {
    description: 'Grows with every change of these details; send it with updateStory.',
  })
  revision: number;

  @PublicRead()
  @Field({ description: 'When it was created.' })
  createdAt: Date;

  @Field({ description: 'When these details last changed.' })
  updatedAt: Date;

  /** Its author, where it was read with the story. */
  readonly author?: User | undefined;

  /** Not exposed: what resolvers of this and higher modules go on from. */
  readonly row: StoryEntity;
}

export const StoryConnection = ConnectionType('Story', () => Story);

@ObjectType({ description: 'A category that published stories are in.' })
export class StoryCategory {
  @Field({ description: 'The name, as stories(filter: {category}) takes it.' })
  name: string;

  @Field(() => Int, { description: 'How many published stories are in it.' })
  storyCount: number;
}

export const toStory = (row: StoryEntity, author?: User): Story => ({
  id: encodeId('story', row.storyId),
  slug: row.slug,
  title: row.title,
  description: row.description,
  difficultyLevel: row.difficultyLevel as StoryDifficulty,
  category: row.category,
  tags: row.tags,
  language: row.language,
  spoilerGuard: row.spoilerGuard,
  showChoiceShares: row.showChoiceShares,
  isPublished: row.isPublished,
  publishedAt: row.publishedAt,
  playCount: row.playCount,
  averageRating: row.ratingCount === 0 ? null : row.ratingSum / row.ratingCount,
  ratingCount: row.ratingCount,
  revision: row.revision,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  author,
  row,
});
