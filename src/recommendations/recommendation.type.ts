import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../graphql/connection.js';
import type { Pick } from './recommendation.repository.js';

export enum RecommendationReasonKind {
  LIKED = 'liked',
  FINISHED = 'finished',
  STARTED = 'started',
  READERS = 'readers',
  SUBJECT = 'subject',
  CATEGORY = 'category',
  POPULAR = 'popular',
}

registerEnumType(RecommendationReasonKind, {
  name: 'RecommendationReasonKind',
  description: 'Why a story is recommended.',
  valuesMap: {
    LIKED: { description: 'It is near a story that you gave four or five stars.' },
    FINISHED: { description: 'It is near a story that you finished.' },
    STARTED: { description: 'It is near a story that you began.' },
    READERS: { description: 'Readers of the story asked about liked this one too.' },
    SUBJECT: { description: 'It is about the like of what the story asked about is about.' },
    CATEGORY: {
      description: 'It is well liked, in a category and a language that you read or asked about.',
    },
    POPULAR: { description: 'It is well liked by readers in general.' },
  },
});

@ObjectType({ description: 'Why a story is recommended. It tells of no other reader.' })
export class RecommendationReason {
  @Field(() => RecommendationReasonKind, { description: 'What kind of reason it is.' })
  kind: RecommendationReasonKind;

  /** Not exposed: what resolvers go on from. */
  readonly pick: Pick;
}

@ObjectType({ description: 'A story that you may like, and why.' })
export class Recommendation {
  @Field(() => RecommendationReason, { description: 'Why.' })
  reason: RecommendationReason;

  /** Not exposed: what resolvers go on from. */
  readonly pick: Pick;
}

export const RecommendationConnection = ConnectionType('Recommendation', () => Recommendation);

export const toRecommendation = (pick: Pick): Recommendation => ({
  reason: { kind: pick.kind as RecommendationReasonKind, pick },
  pick,
});
