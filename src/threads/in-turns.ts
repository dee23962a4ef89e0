import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../engine/core/steps.js';

/** How long the event loop is kept at a time, in milliseconds. What is done sooner is done at once. */
const TURN = 10;

let last = Promise.resolve();

/** Between two turns, whoever takes them, the event loop does all that waits for it. */
const nextTurn = () => (last = last.then(() => setImmediate()));

/**
 * Does work on the event loop whose result no thread can give, as it is a large graph of objects. Others are served in
 * between, if each of its steps is short.
 */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const until = performance.now() + TURN;
    do {
      const { done, value } = steps.next();
      if (done) return value;
    } while (performance.now() < until);
    await nextTurn();
  }
}
