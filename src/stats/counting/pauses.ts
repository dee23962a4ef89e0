/** The longest pause between two choices, in milliseconds, that counts as time spent playing. */
export const LONGEST_PAUSE = 600_000;

/** A pause in a playthrough, in milliseconds, after which its reader has sat down to it again: a new session. */
export const SESSION_GAP = 1_800_000;
