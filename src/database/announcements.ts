type Listener<Event> = (event: Event) => Promise<void>;

/** Tells of what happened to the modules above, which act on it in the same transaction: what fails there undoes all. */
export abstract class Announcements<Event> {
  readonly #listeners: Listener<Event>[] = [];

  /** Call it before the application has started. */
  listen(listener: Listener<Event>): void {
    this.#listeners.push(listener);
  }

  async tell(event: Event): Promise<void> {
    for (const listener of this.#listeners) await listener(event);
  }
}
