import type { StorySchema } from './definition.js';

/** What is wrong with what an achievement takes, and where: `['achievements', 0, 'endings', 1]`. */
export interface AchievementProblem {
  readonly path: readonly (string | number)[];
  /** What follows on the name of the place. */
  readonly message: string;
}

const TAKEN = ['artifacts', 'endings'] as const;

/** Achievements that take what is not declared, the same thing twice, or nothing at all. */
export const achievementProblems = (schema: StorySchema): AchievementProblem[] =>
  (schema.achievements ?? []).flatMap((achievement, i) => {
    const path = ['achievements', i];
    if (TAKEN.every((list) => (achievement[list] ?? []).length === 0))
      return [{ path: [...path, 'artifacts'], message: 'must name an artifact or an ending' }];
    return TAKEN.flatMap((list) => {
      const declared = new Set(schema[list]?.map(({ key }) => key));
      const keys = achievement[list] ?? [];
      return keys.flatMap((key, j) => {
        if (!declared.has(key))
          return [{ path: [...path, list, j], message: `${key} is not declared among ${list}` }];
        return keys.indexOf(key) === j
          ? []
          : [{ path: [...path, list, j], message: `${key} is there twice` }];
      });
    });
  });
