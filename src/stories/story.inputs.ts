import {
  ArgsType,
  Field,
  ID,
  InputType,
  Int,
  PartialType,
  registerEnumType,
} from '@nestjs/graphql';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  ValidateNested,
} from 'class-validator';
import { LONGEST, MOST, SHAPES } from '../engine/core/limits.js';
import { PageArgs } from '../graphql/connection.js';
import { MayBeOmitted, Text, Trim } from '../graphql/input-rules.js';
import { MediaUseInput } from '../media/library/media.inputs.js';
import { StoryDifficulty } from './story.type.js';

export const isSlug = (text: string): boolean =>
  text.length <= LONGEST.slug && SHAPES.slug.pattern.test(text);

const IsSlug = () =>
  Matches(new RegExp(`^(?=.{1,${LONGEST.slug}}$)${SHAPES.slug.pattern.source.slice(1)}`), {
    message: SHAPES.slug.message,
  });

const Lower = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().toLowerCase() : value,
  );

const LowerEach = () =>
  Transform(({ value }: { value: unknown }) =>
    Array.isArray(value)
      ? [
          ...new Set(
            value.map((tag: unknown) => (typeof tag === 'string' ? tag.trim().toLowerCase() : tag)),
          ),
        ]
      : value,
  );

@InputType({ description: 'The details of a story. Its nodes come with addNode.' })
export class StoryDetailsInput {
  @Field({ description: 'The title: at most 200 characters.' })
  @Trim()
  @Text(1, LONGEST.title)
  title: string;

  @Field({ description: 'What it is about: at most 2,000 characters.' })
  @Trim()
  @Text(1, LONGEST.description)
  description: string;

  @Field({ description: 'The category: words joined by hyphens, such as science-fiction.' })
  @Lower()
  @Text(1, LONGEST.category)
  @Matches(SHAPES.category.pattern, { message: SHAPES.category.message })
  category: string;

  @Field(() => StoryDifficulty, { description: 'How hard it is to reach a good ending.' })
  @IsIn(Object.values(StoryDifficulty))
  difficultyLevel: StoryDifficulty;

  @Field(() => [String], { nullable: true, description: 'At most 10 tags; kept in lower case.' })
  @MayBeOmitted()
  @LowerEach()
  @IsArray({ message: 'must be a list; leave it out or send [] for none' })
  @ArrayMaxSize(MOST.storyTags, { message: 'must have at most 10 tags' })
  @Matches(SHAPES.storyTag.pattern, { each: true, message: SHAPES.storyTag.message })
  tags?: string[];

  @Field({
    nullable: true,
    description: 'The language, as a BCP 47 tag; a new story is in en when it is left out.',
  })
  @MayBeOmitted()
  @Matches(SHAPES.language.pattern, { message: SHAPES.language.message })
  language?: string;

  @Field({
    nullable: true,
    description: 'Give readers only the nodes that their own playthroughs have visited.',
  })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  spoilerGuard?: boolean;

  @Field(() => MediaUseInput, {
    nullable: true,
    description: 'The picture that it is shown with, which needs its alt text; null takes it away.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => MediaUseInput)
  cover?: MediaUseInput | null;
}

@InputType({ description: 'A new story.' })
export class CreateStoryInput extends StoryDetailsInput {
  @Field({
    nullable: true,
    description: 'Its name in addresses; made from the title when left out.',
  })
  @MayBeOmitted()
  @IsSlug()
  slug?: string;
}

@InputType({ description: 'The whole of the details: what is left out gets its default.' })
export class PutStoryInput extends StoryDetailsInput {}

@InputType({ description: 'What to change of the details; what is left out stays.' })
export class UpdateStoryInput extends PartialType(StoryDetailsInput, {
  skipNullProperties: false,
}) {
  @Field({ nullable: true, description: 'A new name in addresses.' })
  @MayBeOmitted()
  @IsSlug()
  slug?: string;

  @Field(() => Int, { description: 'The revision that the change was made on.' })
  @IsInt()
  revision: number;
}

export enum StoryOrder {
  RELEVANCE = 'RELEVANCE',
  RECENT = 'RECENT',
  POPULAR = 'POPULAR',
  TOP_RATED = 'TOP_RATED',
  TITLE = 'TITLE',
}

registerEnumType(StoryOrder, {
  name: 'StoryOrder',
  description: 'How a list of stories is ordered. Ties go by id.',
  valuesMap: {
    RELEVANCE: { description: 'Best match first; the default with a query, and only with one.' },
    RECENT: { description: 'Newest publication first; the default without a query.' },
    POPULAR: { description: 'Most playthroughs first.' },
    TOP_RATED: { description: 'Best rated first; few ratings weigh less.' },
    TITLE: { description: 'By title, A to Z.' },
  },
});

@InputType({ description: 'Which stories to list: those that fit everything given.' })
export class StoryFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words to look for in title, description and tags; typos are forgiven.',
  })
  @IsOptional()
  @Trim()
  @Text(0, 200)
  query?: string | null;

  @Field(() => String, { nullable: true, description: 'Only this category.' })
  @IsOptional()
  @Lower()
  @IsString()
  category?: string | null;

  @Field(() => StoryDifficulty, { nullable: true, description: 'Only this difficulty.' })
  @IsOptional()
  difficulty?: StoryDifficulty | null;

  @Field(() => ID, { nullable: true, description: 'Only stories of this author.' })
  @IsOptional()
  @IsString()
  authorId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only stories with this tag.' })
  @IsOptional()
  @Lower()
  @IsString()
  tag?: string | null;

  @Field(() => String, { nullable: true, description: 'Only stories in this language.' })
  @IsOptional()
  @IsString()
  language?: string | null;
}

@ArgsType()
export class StoriesArgs extends PageArgs {
  @Field(() => StoryFilter, { nullable: true, description: 'Which stories to list.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => StoryFilter)
  filter?: StoryFilter | null;

  @Field(() => StoryOrder, { nullable: true, description: 'How to order them.' })
  @IsOptional()
  orderBy?: StoryOrder | null;
}
