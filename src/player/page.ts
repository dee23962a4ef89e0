import { holdingsOf } from '../engine/core/holdings.js';
import { offersAt } from '../engine/core/offer.js';
import { deadlineOf, type PlayEvent } from '../engine/core/play.js';
import { readMemory } from '../engine/core/state.js';
import { compile, type CompiledStory } from '../engine/core/story.js';
import { contentFor } from '../engine/core/templates/texts.js';
import type { OfflineStory } from '../publishing/formats/html/offline-story.js';
import { choiceList } from './choices.js';
import { Countdown } from './countdown.js';
import { element } from './dom.js';
import { gathered } from './gathered.js';
import { mediaOf } from './media.js';
import {
  begin,
  canUndo,
  chosen,
  restored,
  undone,
  withValue,
  type Outcome,
  type Play,
} from './play.js';
import { prose } from './prose.js';
import { Saves } from './saves.js';
import { told } from './told.js';

/** The page of a story: shows where its reader stands, and does what they choose. */
export class Page {
  readonly #compiled: CompiledStory;
  readonly #saves: Saves;
  readonly #countdown = new Countdown();
  // Stays in the page, so that what is put into it is announced.
  readonly #news = element('div', { className: 'news', role: 'status' });
  readonly #main = element('main');
  readonly #aside = element('div');
  readonly #tools = element('div', { className: 'tools' });
  #play: Play | undefined;

  constructor(private readonly story: OfflineStory) {
    this.#compiled = compile(story.story);
    this.#saves = new Saves(story.contentHash);
  }

  /** Takes up what was kept, or begins. */
  open(body: HTMLElement): void {
    const { title, author, language } = this.story;
    body.append(
      element(
        'header',
        {},
        element('h1', { lang: language, dir: 'auto' }, title),
        element('p', { className: 'author' }, `by ${author}`),
        this.#tools,
      ),
      element(
        'div',
        { className: 'columns' },
        element('div', {}, this.#news, this.#main),
        this.#aside,
      ),
    );
    const kept = restored(this.#compiled, this.#saves.load());
    if (kept === undefined) this.#beginAnew();
    else this.#show({ play: kept, events: [] });
  }

  /** Lets the reader choose whom to play, where there is a choice. */
  #beginAnew(): void {
    const { protagonists = [] } = this.#compiled.schema;
    if (protagonists.length < 2) {
      this.#begin(protagonists[0]?.key);
      return;
    }
    this.#countdown.stop();
    this.#tools.replaceChildren();
    this.#news.replaceChildren();
    this.#aside.replaceChildren();
    const { language, description } = this.story;
    const heading = element('h2', { tabIndex: -1 }, 'Whom do you play?');
    this.#main.replaceChildren(
      element('p', { lang: language, dir: 'auto' }, description),
      heading,
      element(
        'ul',
        { className: 'choices' },
        ...protagonists.map(({ key, name, description: about }) =>
          element(
            'li',
            { lang: language },
            element(
              'button',
              {
                type: 'button',
                onclick: () => {
                  this.#begin(key);
                },
              },
              name,
            ),
            about !== undefined && element('p', { className: 'note' }, about),
          ),
        ),
      ),
    );
    heading.focus();
  }

  #begin(protagonist: string | undefined): void {
    const begun = begin(this.#compiled, {
      seed: crypto.getRandomValues(new Uint32Array(4)).join('-'),
      now: Date.now(),
      ...(protagonist !== undefined && { protagonist }),
    });
    if (begun === undefined)
      this.#main.replaceChildren(element('p', {}, 'This story has no start yet.'));
    else this.#show(begun);
  }

  #choose(choiceId: number, answer?: string): void {
    const outcome = chosen(this.#compiled, this.#play!, choiceId, {
      now: Date.now(),
      ...(answer !== undefined && { answer }),
    });
    if (outcome !== undefined) this.#show(outcome, choiceId);
  }

  /** @param choiceId the choice that was made, if one was */
  #show({ play, events }: Outcome, choiceId?: number): void {
    this.#play = play;
    const isKept = this.#saves.keep(play);
    this.#showNews(events);
    this.#showNode(play);
    this.#showHoldings(play);
    this.#showTools(play, isKept);
    this.#focus(events, choiceId);
  }

  #showNews(events: readonly PlayEvent[]): void {
    this.#news.replaceChildren(
      ...told(this.#compiled, events).map(({ kind, text }) =>
        element('p', { className: kind, dir: 'auto' }, text),
      ),
    );
  }

  #showNode({ state }: Play): void {
    const story = this.#compiled;
    const index = story.indexOfNode.get(state.node)!;
    const { title, type, endingKind, media } = story.nodes[index]!;
    const memory = readMemory(story, state);
    const { language } = this.story;
    const article = element(
      'article',
      { lang: language, dir: 'auto' },
      element('h2', { tabIndex: -1 }, title),
      ...mediaOf(media, this.story.media),
      prose(contentFor(story, memory, index)),
    );
    if (type === 'ending') {
      this.#countdown.stop();
      this.#main.replaceChildren(article, this.#theEnd(endingKind));
      return;
    }
    const offers = offersAt(story, memory, index);
    this.#main.replaceChildren(
      article,
      this.#countdown.element,
      offers.length === 0
        ? element('p', {}, 'There is no way on from here.')
        : choiceList(offers, language, (id, answer) => {
            this.#choose(id, answer);
          }),
    );
    const due = deadlineOf(story, state);
    if (due === undefined) this.#countdown.stop();
    else
      this.#countdown.start(due, () => {
        this.#runOut(index);
      });
  }

  /** Makes the choice that makes itself. */
  #runOut(node: number): void {
    const timed = this.#compiled.choices[this.#compiled.timed[node]!]!;
    this.#choose(timed.id);
    this.#news.prepend(element('p', { className: 'expired' }, 'Time is up.'));
  }

  #theEnd(kind: string | null): HTMLElement {
    return element(
      'div',
      { className: 'ending' },
      element('p', {}, kind === null ? 'The end.' : `The end: a ${kind} one.`),
      element(
        'button',
        {
          type: 'button',
          onclick: () => {
            this.#beginAnew();
          },
        },
        'Play again',
      ),
    );
  }

  #showHoldings(play: Play): void {
    const set = (name: string, value: string | number | boolean) => {
      const changed = withValue(this.#compiled, this.#play!, name, value);
      if (typeof changed === 'string') return changed;
      this.#show({ play: changed, events: [] });
      return undefined;
    };
    const holdings = gathered(holdingsOf(this.#compiled, play.state), set);
    this.#aside.replaceChildren(...(holdings === undefined ? [] : [holdings]));
  }

  #showTools(play: Play, isKept: boolean): void {
    const undo =
      canUndo(this.#compiled, play) &&
      element(
        'button',
        {
          type: 'button',
          onclick: () => {
            this.#show({ play: undone(this.#play!, Date.now()), events: [] });
          },
        },
        'Take back',
      );
    const restart =
      play.state.turn > 0 &&
      element(
        'button',
        {
          type: 'button',
          onclick: () => {
            if (window.confirm('Begin again? Where you stand now is lost.')) this.#beginAnew();
          },
        },
        'Begin again',
      );
    const warning =
      !isKept &&
      element(
        'p',
        { className: 'note' },
        'This browser does not keep where you stand: leave the page open.',
      );
    this.#tools.replaceChildren(...[undo, restart, warning].filter((tool) => tool !== false));
  }

  /** Leads keyboards and screen readers on: to what is new, or back to the puzzle that was answered wrongly. */
  #focus(events: readonly PlayEvent[], choiceId: number | undefined): void {
    const isWrong = events.some((event) => event.type === 'answered' && !event.right);
    const next = isWrong ? `#answer-${choiceId}, h2` : 'h2';
    const found = [...this.#main.querySelectorAll<HTMLElement>(next)];
    found.at(-1)?.focus();
  }
}
