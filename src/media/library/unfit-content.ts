/** What was uploaded is not what its kind may be. The message says why and what to do. */
export class UnfitContent extends Error {}
