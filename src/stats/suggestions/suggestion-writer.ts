import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { Config, type SuggestionsSettings } from '../../config/config.js';
import type { NodeDefinition } from '../../engine/core/definition.js';
import { noModel, suggestionsFailed, tooManyTexts } from './suggestion.errors.js';

/** How many bytes an answer may have. */
const MOST_BYTES = 64 * 1024;
/** How many characters of a node the model gets, and of the model the author. */
const MOST_CHARACTERS = 2000;
/** How many parts of words the model is to write at most. */
const MOST_TOKENS = 200;
/** How many answers are waited for at once, and how many questions may wait for these. */
const AT_ONCE = 2;
const MOST_WAITING = 10;

const TASK =
  'You help the author of a branching story. You get a node: its title, its text and the choices that it has. Answer with one further choice for the reader, in the language of the text, in a single sentence of at most 20 words, with nothing before or after it.';

/** Has a language model propose choices, behind an API like OpenAI’s. */
@Injectable()
export class SuggestionWriter {
  readonly #logger = new Logger('SuggestionWriter');
  readonly #turns = pLimit(AT_ONCE);

  constructor(private readonly config: Config) {}

  /**
   * A further choice for each of some nodes.
   * @throws {ApiError} `BAD_USER_INPUT` without a model, `SUGGESTIONS_FAILED` where it does not answer as it should,
   *   `RATE_LIMITED` while too many wait
   */
  async propose(nodes: readonly NodeDefinition[]): Promise<string[]> {
    const { suggestions } = this.config;
    if (suggestions === undefined) throw noModel();
    if (this.#turns.pendingCount + nodes.length > MOST_WAITING) throw tooManyTexts();
    return Promise.all(
      nodes.map((node) =>
        this.#turns(() => this.#ask({ ...suggestions, key: this.config.suggestionsKey() }, node)),
      ),
    );
  }

  async #ask(settings: Settings, node: NodeDefinition): Promise<string> {
    try {
      return textIn(await answerOf(settings, node));
    } catch (error) {
      const { name, message } = error as Error;
      this.#logger.warn(`No text was proposed: ${message}`);
      throw suggestionsFailed(
        name === 'TimeoutError'
          ? 'the model took too long'
          : 'the model did not answer as it should',
      );
    }
  }
}

type Settings = SuggestionsSettings & { readonly key: string | undefined };

/** @throws what went wrong, for the log */
async function answerOf(
  { url, key, model, timeout }: Settings,
  { title, content, choices }: NodeDefinition,
): Promise<string> {
  const told = {
    title,
    text: content.slice(0, MOST_CHARACTERS),
    choices: choices.map(({ text }) => text),
  };
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    // The key goes where the operator has said, and nowhere else.
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
    headers: {
      'content-type': 'application/json',
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({
      model,
      max_tokens: MOST_TOKENS,
      messages: [
        { role: 'system', content: TASK },
        { role: 'user', content: JSON.stringify(told) },
      ],
    }),
  });
  if (!response.ok) throw new Error(`it answered with status ${response.status}`);
  return bounded(response);
}

async function bounded({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += (part as Uint8Array).length;
    if (bytes > MOST_BYTES) throw new Error(`its answer has more than ${MOST_BYTES} bytes`);
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts).toString();
}

/** @throws where the answer is none of the API */
function textIn(answer: string): string {
  const { choices } = JSON.parse(answer) as { choices?: { message?: { content?: unknown } }[] };
  const text = choices?.[0]?.message?.content;
  if (typeof text !== 'string' || text.trim() === '') throw new Error('its answer has no text');
  return text.trim().slice(0, MOST_CHARACTERS);
}
