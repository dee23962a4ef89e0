import type { Item } from './tree.js';

/** Collects the items of a passage, joining the words that come one after another. */
export class Items {
  readonly all: Item[] = [];
  #words: string[] = [];

  words(text: string): void {
    this.#words.push(text);
  }

  add(item: Item): void {
    this.addAll([item]);
  }

  addAll(items: readonly Item[]): void {
    for (const item of items) {
      if (item.kind === 'text') this.words(item.text);
      else {
        this.#flush();
        this.all.push(item);
      }
    }
  }

  done(): Item[] {
    this.#flush();
    return this.all;
  }

  #flush(): void {
    if (this.#words.length > 0) this.all.push({ kind: 'text', text: this.#words.join('') });
    this.#words = [];
  }
}
