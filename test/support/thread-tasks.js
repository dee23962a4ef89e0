/** Tasks that go wrong in every way, and some that go right. */
import { threadId } from 'node:worker_threads';

/** @param {string} text */
export const shout = (text) => text.toUpperCase();

export const numberOfThread = () => threadId;

/** @param {string} why */
export function refuse(why) {
  throw new TypeError(why);
}

/** Ends its thread. */
export function end() {
  process.exit(3);
}

/** @param {number} ms how long it keeps its thread busy @returns {number} */
export function spin(ms) {
  const until = performance.now() + ms;
  let rounds = 0;
  while (performance.now() < until) rounds++;
  return rounds;
}

export function fillMemory() {
  const kept = [];
  for (;;) kept.push(Array.from({ length: 1000 }, (_, i) => ({ i })));
}
