/**
 * Whom leaderboards have, in SQL over the columns of `users`: accounts that do not hide. Indexes tell who is on a board; asked
 * beside them, this tells what has been decided in the last moments.
 */
export const IS_RANKABLE = `role <> 'guest' AND NOT hide_from_leaderboards`;
