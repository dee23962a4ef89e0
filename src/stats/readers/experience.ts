/** Choices of one day that count: more of them are counted, but earn nothing. */
const CHOICES_A_DAY = 200;

const FOR_ACTIVE_DAY = 10;
const FOR_ENDING = 25;
const FOR_STORY = 50;

/** What a day of a reader's earns, over the columns of `reader_days`; achievements and corrections come on top. */
export const EXPERIENCE_OF_DAY = `least(choices, ${CHOICES_A_DAY}) + CASE WHEN is_active THEN ${FOR_ACTIVE_DAY} ELSE 0 END
  + ${FOR_ENDING} * endings_found + ${FOR_STORY} * stories_finished`;

/** The experience at which a level begins: 0, 100, 300, 600, 1000 and so on, each step 100 more than the one before. */
export const experienceOf = (level: number): number => 50 * level * (level - 1);

/** The level that some experience is worth, from 1: the inverse of {@link experienceOf}. */
export const levelOf = (xp: number): number => Math.floor((1 + Math.sqrt(1 + xp / 12.5)) / 2);
