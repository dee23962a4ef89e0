import {
  answers,
  EVERYONE,
  forOwner,
  OWNER_OF_PUBLISHED,
  REGISTERED,
  type TableRow,
} from './access-answers.js';

const ADMIN = answers('UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'ok');

/** What all may do to a review but who wrote it. */
const OTHERS = { ...REGISTERED, removed: 'FORBIDDEN' } as const;

/** What nobody may do to a hidden review: it is not there for them, but for its writer and administrators. */
const OF_HIDDEN = {
  ...answers('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'ok'),
  invited: 'FORBIDDEN',
} as const;

/** The operations on what readers think of stories. */
export const OF_REVIEWS: readonly TableRow[] = [
  [
    'review',
    'of a published story',
    {
      call: (w) => `{ review(id: "${w.reviewId}") { text reply { text } } }`,
      answers: EVERYONE,
    },
  ],
  [
    'review',
    'that is hidden',
    {
      call: (w) => `{ review(id: "${w.hiddenReviewId}") { text } }`,
      answers: {
        ...answers('NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'ok'),
        invited: 'ok',
      },
    },
  ],
  [
    'rateStory',
    'a published one',
    {
      call: (w) =>
        `mutation { rateStory(storyId: "${w.published.id}", input: { rating: 2, review: "So-so." }) { id } }`,
      answers: {
        ...forOwner(
          answers(
            'UNAUTHENTICATED',
            'FORBIDDEN',
            'STORY_NOT_READ',
            'STORY_NOT_READ',
            'FORBIDDEN',
            'STORY_NOT_READ',
          ),
        ),
        removed: 'ok',
      },
    },
  ],
  [
    'rateStory',
    'a draft',
    {
      call: (w) => `mutation { rateStory(storyId: "${w.draft.id}", input: { rating: 5 }) { id } }`,
      answers: forOwner(
        answers('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'CONFLICT'),
      ),
    },
  ],
  [
    'deleteRating',
    'of a published story',
    {
      call: (w) => `mutation { deleteRating(storyId: "${w.published.id}") }`,
      answers: {
        ...answers(
          'UNAUTHENTICATED',
          'FORBIDDEN',
          'NOT_FOUND',
          'NOT_FOUND',
          'NOT_FOUND',
          'NOT_FOUND',
        ),
        ...({ removed: 'ok', invited: 'ok' } as const),
      },
    },
  ],
  [
    'markReviewHelpful',
    '',
    {
      call: (w) => `mutation { markReviewHelpful(id: "${w.reviewId}") { helpfulCount } }`,
      answers: OTHERS,
    },
  ],
  [
    'markReviewHelpful',
    'a hidden one',
    {
      call: (w) => `mutation { markReviewHelpful(id: "${w.hiddenReviewId}") { helpfulCount } }`,
      answers: OF_HIDDEN,
    },
  ],
  [
    'unmarkReviewHelpful',
    '',
    {
      call: (w) => `mutation { unmarkReviewHelpful(id: "${w.reviewId}") { helpfulCount } }`,
      answers: OTHERS,
    },
  ],
  [
    'replyToReview',
    '',
    {
      call: (w) => `mutation { replyToReview(id: "${w.reviewId}", text: "Well.") { id } }`,
      answers: OWNER_OF_PUBLISHED,
    },
  ],
  [
    'deleteReviewReply',
    '',
    {
      call: (w) => `mutation { deleteReviewReply(id: "${w.reviewId}") { id } }`,
      answers: OWNER_OF_PUBLISHED,
    },
  ],
  [
    'reportReview',
    '',
    {
      call: (w) =>
        `mutation { reportReview(id: "${w.reviewId}", input: { reason: SPAM, note: "See?" }) }`,
      answers: OTHERS,
    },
  ],
  [
    'reportReview',
    'a hidden one',
    {
      call: (w) => `mutation { reportReview(id: "${w.hiddenReviewId}", input: { reason: OTHER }) }`,
      answers: OF_HIDDEN,
    },
  ],
  ['reportedReviews', '', { call: () => '{ reportedReviews { totalCount } }', answers: ADMIN }],
  [
    'moderateReview',
    '',
    {
      call: (w) =>
        `mutation { moderateReview(id: "${w.reviewId}", input: { decision: HIDE }) { isHidden } }`,
      answers: ADMIN,
    },
  ],
];
