import { applyDecorators } from '@nestjs/common';
import { isEmail, Matches, registerDecorator, ValidateBy } from 'class-validator';
import { Trim } from '../graphql/input-rules.js';

const USERNAME = /^[A-Za-z0-9_-]{3,30}$/;

export const IsUsername = () =>
  applyDecorators(
    Trim(),
    Matches(USERNAME, {
      message: 'must have 3 to 30 letters (a-z), digits, _ or -',
    }),
  );

export const IsEmailAddress = () =>
  applyDecorators(
    Trim(),
    ValidateBy({
      name: 'isEmailAddress',
      validator: { validate: isEmailAddress, defaultMessage: () => 'must be an e-mail address' },
    }),
  );

const isEmailAddress = (value: unknown): value is string =>
  isEmail(value) && String(value).length <= 254;

/** The name or the e-mail address of somebody. */
export const IsIdentifier = () => (target: object, propertyName: string) => {
  Trim()(target, propertyName);
  registerDecorator({
    name: 'isIdentifier',
    target: target.constructor,
    propertyName,
    options: { message: 'must be the name of a user, or an e-mail address' },
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && (isEmailAddress(value) || USERNAME.test(value)),
    },
  });
};

/** At least 8 characters, and at most the 72 bytes that bcrypt reads. */
export const IsPassword = () => (target: object, propertyName: string) => {
  registerDecorator({
    name: 'isPassword',
    target: target.constructor,
    propertyName,
    options: { message: 'must have 8 characters or more, and at most 72 bytes' },
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && [...value].length >= 8 && Buffer.byteLength(value) <= 72,
    },
  });
};

export const IsTimeZone = () => (target: object, propertyName: string) => {
  registerDecorator({
    name: 'isTimeZone',
    target: target.constructor,
    propertyName,
    options: { message: 'must be an IANA time zone, such as Europe/Oslo' },
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && !/^[+-]/.test(value) && isTimeZone(value),
    },
  });
};

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
