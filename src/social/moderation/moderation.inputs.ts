import { ArgsType, Field, InputType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsOptional } from 'class-validator';
import { PageArgs } from '../../graphql/connection.js';
import { Text, Trim } from '../../graphql/input-rules.js';

export enum ReviewReportReason {
  SPOILERS = 'spoilers',
  OFFENSIVE = 'offensive',
  SPAM = 'spam',
  OFF_TOPIC = 'off_topic',
  OTHER = 'other',
}

registerEnumType(ReviewReportReason, {
  name: 'ReviewReportReason',
  description: 'What is wrong with a review.',
  valuesMap: {
    SPOILERS: { description: 'It gives something away, and is not marked so.' },
    OFFENSIVE: { description: 'It insults or threatens somebody.' },
    SPAM: { description: 'It advertises, or was written for a purpose other than to review.' },
    OFF_TOPIC: { description: 'It is about something else than the story.' },
    OTHER: { description: 'Something else; the note says what.' },
  },
});

export enum ReviewVerdict {
  KEEP = 'keep',
  HIDE = 'hide',
}

registerEnumType(ReviewVerdict, {
  name: 'ReviewVerdict',
  description: 'What becomes of a review.',
  valuesMap: {
    KEEP: { description: 'Everyone may read it, again where it was hidden.' },
    HIDE: {
      description: 'Only its writer and administrators see it, and its stars do not count.',
    },
  },
});

const LONGEST_NOTE = 1000;

@InputType({ description: 'Why an administrator should look at a review.' })
export class ReportReviewInput {
  @Field(() => ReviewReportReason, { description: 'What is wrong with it.' })
  @IsEnum(ReviewReportReason)
  reason: ReviewReportReason;

  @Field(() => String, {
    nullable: true,
    description: 'What there is to say about it: at most 1,000 characters.',
  })
  @IsOptional()
  @Trim()
  @Text(0, LONGEST_NOTE)
  note?: string | null;
}

@InputType({ description: 'What an administrator decides about a review.' })
export class ModerateReviewInput {
  @Field(() => ReviewVerdict, { description: 'What becomes of it.' })
  @IsEnum(ReviewVerdict)
  decision: ReviewVerdict;

  @Field(() => String, {
    nullable: true,
    description: 'Why, for other administrators: at most 1,000 characters.',
  })
  @IsOptional()
  @Trim()
  @Text(0, LONGEST_NOTE)
  note?: string | null;
}

export enum ReviewCase {
  WAITING = 'WAITING',
  HIDDEN = 'HIDDEN',
}

registerEnumType(ReviewCase, {
  name: 'ReviewCase',
  description: 'Which reviews administrators look at.',
  valuesMap: {
    WAITING: { description: 'Reported, and not decided about yet: the longest waiting first.' },
    HIDDEN: { description: 'Hidden: the latest first.' },
  },
});

@ArgsType()
export class ReportedReviewsArgs extends PageArgs {
  @Field(() => ReviewCase, { defaultValue: ReviewCase.WAITING, description: 'Which ones.' })
  @IsEnum(ReviewCase)
  state: ReviewCase;
}
