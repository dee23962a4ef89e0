import type { Topic, Kind } from './kinds.js';

/** What the text of a notification names; where it is about no story, title and slug are empty. */
export interface Named {
  readonly actor: string;
  readonly title: string;
  readonly slug: string;
}

interface Words {
  readonly text: (named: Named) => string;
  /** Where it leads, below `PUBLIC_URL`. */
  readonly path: (named: Named) => string;
  /** What such notifications are, as in “Stop mails about …”. */
  readonly about: string;
}

/** The words of each kind: the same in the list, in mails and in pushes. */
export const WORDS: Readonly<Record<Kind, Words>> = {
  invitation: {
    text: ({ actor, title }) => `${actor} offers you a part in “${title}”.`,
    path: () => '/invitations',
    about: 'invitations',
  },
  comment: {
    text: ({ actor, title }) => `${actor} commented on “${title}”.`,
    path: ({ slug }) => `/stories/${slug}/comments`,
    about: 'comments on your stories',
  },
  reply: {
    text: ({ actor, title }) => `${actor} replied in a thread about “${title}”.`,
    path: ({ slug }) => `/stories/${slug}/comments`,
    about: 'replies in your threads',
  },
  follower: {
    text: ({ actor }) => `${actor} follows you.`,
    path: ({ actor }) => `/users/${encodeURIComponent(actor)}`,
    about: 'new followers',
  },
  review: {
    text: ({ actor, title }) => `${actor} wrote a review of “${title}”.`,
    path: ({ slug }) => `/stories/${slug}`,
    about: 'reviews of your stories',
  },
  'review-reply': {
    text: ({ actor, title }) => `${actor} answered your review of “${title}”.`,
    path: ({ slug }) => `/stories/${slug}`,
    about: 'answers to your reviews',
  },
  'playthrough-moved': {
    text: ({ actor, title }) =>
      `${actor} moved your playthrough of “${title}” to the new version, and it goes on there.`,
    path: ({ slug }) => `/stories/${slug}`,
    about: 'new versions of stories that you play',
  },
};

/** What mails are about, as in “Stop mails about …”. */
export const topicOf = (topic: Topic): string =>
  topic === 'digest' ? 'what is new' : WORDS[topic].about;
