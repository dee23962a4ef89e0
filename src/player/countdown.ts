import { element } from './dom.js';

/** A clock that runs down to a time, and then does something, once, unless it is stopped. */
export class Countdown {
  /** Empty while nothing runs. */
  readonly element = element('p', { className: 'timer', role: 'timer' });
  #timer: number | undefined;

  /** @param due in milliseconds since 1970 */
  start(due: number, isOver: () => void): void {
    this.stop();
    const tick = () => {
      const left = due - Date.now();
      if (left <= 0) {
        this.stop();
        isOver();
        return;
      }
      const seconds = Math.ceil(left / 1000);
      this.element.textContent = `${seconds} second${seconds === 1 ? '' : 's'} left`;
      this.#timer = window.setTimeout(tick, Math.min(250, left));
    };
    tick();
  }

  stop(): void {
    window.clearTimeout(this.#timer);
    this.element.textContent = '';
  }
}
