import { Injectable, ValidationPipe, type ArgumentMetadata, type Type } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { LRUCache } from 'lru-cache';
import { PageArgs } from './connection.js';
import { badUserInput, type FieldProblem } from './errors.js';
import { isRefusedByService, keepFaults } from './input-faults.js';

const MOST_PAGES = 500;

/** In characters. */
const LONGEST_PAGE = 300;

const isPage = (type: ArgumentMetadata['metatype']): boolean =>
  type === PageArgs || type?.prototype instanceof PageArgs;

class InvalidInput extends Error {
  constructor(readonly errors: readonly ValidationError[]) {
    super('invalid input');
  }
}

/**
 * Validates every argument by its class-validator rules; all that is wrong is told at once, each by its path. An input
 * that is `RefusedByService` goes on to its service with what is wrong.
 */
@Injectable()
export class InputPipe extends ValidationPipe {
  readonly #pages = new LRUCache<string, object>({ max: MOST_PAGES });

  constructor() {
    super({
      transform: true,
      validationError: { target: true },
      exceptionFactory: (errors) => new InvalidInput(errors),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return isPage(metadata.metatype)
      ? this.#page(value, metadata)
      : this.#validated(value, metadata);
  }

  /** Readers page through lists in the same words: those that were found valid are so again. */
  async #page(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const key = JSON.stringify([metadata.metatype!.name, value]);
    const known = this.#pages.get(key);
    if (known instanceof metadata.metatype!) return known;
    const page = (await this.#validated(value, metadata)) as object;
    const isFlat = Object.values(page).every(
      (field) => typeof field !== 'object' || field === null,
    );
    if (isFlat && key.length <= LONGEST_PAGE) this.#pages.set(key, Object.freeze(page));
    return page;
  }

  async #validated(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const faults = error.errors.flatMap((problem) => flatten(problem, metadata.data));
      const input = error.errors[0]?.target;
      if (input === undefined || !isRefusedByService(metadata.metatype)) throw badUserInput(faults);
      keepFaults(input, faults);
      return input;
    }
  }
}

function flatten(error: ValidationError, parent: string | undefined): FieldProblem[] {
  const path = parent === undefined ? error.property : `${parent}.${error.property}`;
  const messages = Object.values(error.constraints ?? {});
  // A null breaks every rule of its field: the one that its class has first says enough.
  const told = error.value === null ? messages.slice(-1) : messages;
  const own = told.map((message) => ({ path, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => flatten(child, path))];
}

/** Validates input that comes from elsewhere than GraphQL, such as the command line, by the same rules. */
export const checkInput = async <T extends object>(type: Type<T>, input: T): Promise<T> =>
  (await new InputPipe().transform(input, { type: 'body', metatype: type, data: undefined })) as T;
