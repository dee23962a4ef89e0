import { Injectable } from '@nestjs/common';

/** Tells that the play path has written facts into its outbox. Whoever counts them listens. */
@Injectable()
export class PlayFacts {
  #listener: () => void = () => undefined;

  /** @param listener is called after each playthrough that is begun and each choice; it must not take time */
  listen(listener: () => void): void {
    this.#listener = listener;
  }

  tell(): void {
    this.#listener();
  }
}
