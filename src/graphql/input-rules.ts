import { Transform } from 'class-transformer';
import { Length, ValidateIf, type ValidationOptions } from 'class-validator';

/** Takes away the white space around a string. */
export const Trim = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** The field may be left out, which leaves things as they are; an explicit null is refused by its other rules. */
export const MayBeOmitted = () => ValidateIf((_, value) => value !== undefined);

/** Between `least` and `most` characters. */
export const Text = (least: number, most: number, options: ValidationOptions = {}) =>
  Length(least, most, {
    ...options,
    message: ({ value }) =>
      value === null ? 'must not be null; leave it out' : lengthRule(least, most),
  });

function lengthRule(least: number, most: number): string {
  if (least > 1) return `must have ${least} to ${most} characters`;
  if (least === 1) return `must not be empty, nor have more than ${most} characters`;
  return `must not have more than ${most} characters`;
}
