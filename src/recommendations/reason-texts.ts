import type { ReasonKind } from './recommendation.repository.js';

/** What a reason names: the title of the story that it is because of, and the category of the one that is recommended. */
interface Named {
  readonly title: string;
  readonly category: string;
}

const TEXTS: Readonly<Record<ReasonKind, (named: Named) => string>> = {
  liked: ({ title }) => `Because you liked “${title}”.`,
  finished: ({ title }) => `Because you finished “${title}”.`,
  started: ({ title }) => `Because you began “${title}”.`,
  readers: ({ title }) => `Who liked “${title}” liked this too.`,
  subject: ({ title }) => `It is about the like of “${title}”.`,
  category: ({ category }) => `Well liked in the category ${category}.`,
  popular: () => 'Well liked by readers.',
};

export const reasonText = (kind: ReasonKind, named: Named): string => TEXTS[kind](named);
