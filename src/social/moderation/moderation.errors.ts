import { conflict } from '../../graphql/errors.js';

export const decidedAlready = () =>
  conflict('An administrator has looked at this review since you reported it, and it is the same.');
