import type { MetricKey } from './metrics.js';

export type Tier = 'bronze' | 'silver' | 'gold';

/** An achievement of the whole platform: earned once, as soon as a metric reaches a threshold. */
export interface AchievementDefinition {
  /** Never changes: what was earned is kept under it. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** An emoji. */
  readonly icon: string;
  readonly tier: Tier;
  /** The experience that it brings. */
  readonly points: number;
  /** Whether nobody is told of it before they have earned it. */
  readonly isSecret: boolean;
  readonly metric: MetricKey;
  readonly threshold: number;
}

const POINTS: Readonly<Record<Tier, number>> = { bronze: 10, silver: 50, gold: 200 };

type Told = readonly [
  key: string,
  tier: Tier,
  threshold: number,
  name: string,
  description: string,
];

const of = (metric: MetricKey, icon: string, told: readonly Told[], isSecret = false) =>
  told.map(([key, tier, threshold, name, description]): AchievementDefinition => ({
    ...{ key, name, description, icon, tier, isSecret, metric, threshold },
    points: POINTS[tier],
  }));

export const ACHIEVEMENTS: readonly AchievementDefinition[] = [
  ...of('CHOICES', '👣', [
    ['first-choice', 'bronze', 1, 'First step', 'Make a choice.'],
    ['choices-100', 'bronze', 100, 'Wayfarer', 'Make 100 choices.'],
    ['choices-1000', 'silver', 1000, 'Pathfinder', 'Make 1,000 choices.'],
    ['choices-10000', 'gold', 10_000, 'Ten thousand forks', 'Make 10,000 choices.'],
  ]),
  ...of('STORIES_FINISHED', '📖', [
    ['first-story', 'bronze', 1, 'The end', 'Finish a story.'],
    ['stories-5', 'bronze', 5, 'Bookmark', 'Finish 5 stories.'],
    ['stories-25', 'silver', 25, 'Well read', 'Finish 25 stories.'],
    ['stories-100', 'gold', 100, 'A library of one', 'Finish 100 stories.'],
  ]),
  ...of('ENDINGS_FOUND', '🚪', [
    ['endings-10', 'bronze', 10, 'What if', 'Find 10 endings.'],
    ['endings-50', 'silver', 50, 'Other lives', 'Find 50 endings.'],
    ['endings-250', 'gold', 250, 'All that might have been', 'Find 250 endings.'],
  ]),
  ...of('STORIES_MASTERED', '🗺️', [
    ['mastered-1', 'bronze', 1, 'No stone unturned', 'Find every ending of a story with several.'],
    ['mastered-5', 'silver', 5, 'Cartographer', 'Find every ending of 5 stories with several.'],
    ['mastered-25', 'gold', 25, 'Omniscient', 'Find every ending of 25 stories with several.'],
  ]),
  ...of('CATEGORIES', '🎭', [
    ['categories-3', 'bronze', 3, 'Curious', 'Finish stories of 3 categories.'],
    ['categories-6', 'silver', 6, 'Open mind', 'Finish stories of 6 categories.'],
    ['categories-10', 'gold', 10, 'At home everywhere', 'Finish stories of 10 categories.'],
  ]),
  ...of('STREAK', '🔥', [
    ['streak-3', 'bronze', 3, 'Warming up', 'Play on 3 days in a row.'],
    ['streak-7', 'silver', 7, 'A week of stories', 'Play on 7 days in a row.'],
    ['streak-30', 'gold', 30, 'A month of stories', 'Play on 30 days in a row.'],
  ]),
  ...of(
    'STREAK',
    '🌞',
    [['streak-365', 'gold', 365, 'Round the sun', 'Play every day for a year.']],
    true,
  ),
  ...of('SESSIONS', '🪑', [
    ['sessions-10', 'bronze', 10, 'Regular', 'Sit down to play 10 times.'],
    ['sessions-100', 'silver', 100, 'Armchair', 'Sit down to play 100 times.'],
  ]),
  ...of('MINUTES', '⏳', [
    ['minutes-600', 'silver', 600, 'Lost in stories', 'Play for 10 hours.'],
    ['minutes-6000', 'gold', 6000, 'Another world', 'Play for 100 hours.'],
  ]),
  ...of(
    'CHOICES_IN_A_DAY',
    '🌙',
    [['day-300', 'silver', 300, 'One more page', 'Make 300 choices in a day.']],
    true,
  ),
  ...of('ARTIFACTS', '🗝️', [
    ['artifacts-1', 'bronze', 1, 'Keepsake', 'Collect an artifact.'],
    ['artifacts-25', 'silver', 25, 'Cabinet of curiosities', 'Collect 25 artifacts.'],
  ]),
  ...of('STORIES_PUBLISHED', '✒️', [
    ['published-1', 'bronze', 1, 'Author', 'Publish a story.'],
    ['published-5', 'silver', 5, 'Storyteller', 'Publish 5 stories.'],
    ['published-20', 'gold', 20, 'Bard', 'Publish 20 stories.'],
  ]),
  ...of('READERS_OF_OWN', '👥', [
    ['readers-1', 'bronze', 1, 'Found a reader', 'Somebody begins a story of yours.'],
    ['readers-100', 'silver', 100, 'Talk of the town', '100 readers begin stories of yours.'],
    ['readers-1000', 'gold', 1000, 'Household name', '1,000 readers begin stories of yours.'],
  ]),
  ...of('REVIEWS_WRITTEN', '📝', [
    ['reviews-1', 'bronze', 1, 'Opinion', 'Write a review of a story.'],
    ['reviews-10', 'silver', 10, 'Critic', 'Write reviews of 10 stories.'],
    ['reviews-50', 'gold', 50, 'Voice of the readers', 'Write reviews of 50 stories.'],
  ]),
  ...of('READERS_HELPED', '💡', [
    ['helped-1', 'bronze', 1, 'Good advice', 'A reader finds a review of yours helpful.'],
    ['helped-10', 'silver', 10, 'Guide', '10 readers find reviews of yours helpful.'],
    ['helped-100', 'gold', 100, 'Beacon', '100 readers find reviews of yours helpful.'],
  ]),
  ...of('GOOD_RATINGS', '⭐', [
    ['rated-10', 'bronze', 10, 'Well liked', 'A story of yours has 10 ratings, and a score of 4.'],
    [
      'rated-100',
      'silver',
      100,
      'Acclaimed',
      'A story of yours has 100 ratings, and a score of 4.',
    ],
    [
      'rated-1000',
      'gold',
      1000,
      'Classic',
      'A story of yours has 1,000 ratings, and a score of 4.',
    ],
  ]),
];
