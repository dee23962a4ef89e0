import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Length, ValidateBy, ValidateIf, type ValidationOptions } from 'class-validator';
import { isKeepable } from '../engine/core/keepable.js';
import { idRule, isIdOf, type IdKind } from './ids.js';

/** Takes away the white space around a string. */
export const Trim = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** The field may be left out, which leaves things as they are; an explicit null is refused by its other rules. */
export const MayBeOmitted = () => ValidateIf((_, value) => value !== undefined);

/** The public id of a thing of a kind. */
export const IdOf = (kind: IdKind) =>
  ValidateBy({
    name: 'idOf',
    validator: { validate: (id) => isIdOf(kind, id), defaultMessage: () => idRule(kind) },
  });

/** Between `least` and `most` characters, all of which can be kept. */
export const Text = (least: number, most: number, options: ValidationOptions = {}) =>
  applyDecorators(
    Length(least, most, {
      ...options,
      message: ({ value }) =>
        value === null ? 'must not be null; leave it out' : lengthRule(least, most),
    }),
    Keepable(options),
  );

/** A text of which each character can be kept. Other values than texts are refused by other rules. */
export const Keepable = (options: ValidationOptions = {}) =>
  ValidateBy(
    {
      name: 'keepable',
      validator: {
        validate: (value) => typeof value !== 'string' || isKeepable(value),
        defaultMessage: () => 'must have no NUL character (U+0000), nor half of a surrogate pair',
      },
    },
    options,
  );

function lengthRule(least: number, most: number): string {
  if (least > 1) return `must have ${least} to ${most} characters`;
  if (least === 1) return `must not be empty, nor have more than ${most} characters`;
  return `must not have more than ${most} characters`;
}
