/** Ways that a notification takes to a user. */
export interface Channels {
  /** It stands in their list. */
  readonly inApp: boolean;
  /** It is mailed to their confirmed address. */
  readonly email: boolean;
  /** It is pushed to the browsers that they have subscribed. */
  readonly push: boolean;
}

/** What users are told of, and by which channels as long as they choose no others. */
export const DEFAULTS = {
  invitation: { inApp: true, email: true, push: true },
  comment: { inApp: true, email: true, push: true },
  reply: { inApp: true, email: true, push: true },
  follower: { inApp: true, email: false, push: true },
  review: { inApp: true, email: false, push: false },
  'review-reply': { inApp: true, email: false, push: true },
  'playthrough-moved': { inApp: true, email: false, push: false },
} as const satisfies Readonly<Record<string, Channels>>;

export type Kind = keyof typeof DEFAULTS;

export const KINDS = Object.keys(DEFAULTS) as readonly Kind[];

/** What mails to users can be about: a notification of a kind, or a digest. */
export type Topic = Kind | 'digest';

export const isTopic = (text: string): text is Topic =>
  text === 'digest' || Object.hasOwn(DEFAULTS, text);
