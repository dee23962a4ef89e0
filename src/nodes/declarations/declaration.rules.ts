import { ArrayMaxSize, Matches, ValidateBy } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { BUILT_IN, NAMESPACES } from '../../engine/core/expressions/names.js';

/** Words that CEL, Liquid or JavaScript keep for themselves. */
const RESERVED = new Set<string>([
  ...BUILT_IN,
  ...NAMESPACES,
  ...['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function'],
  ...['if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while'],
  ...['nil', 'empty', 'blank', 'and', 'or', 'not', 'contains'],
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/** A name that expressions can use. */
export const Name = () =>
  applyDecorators(
    Matches(/^[a-zA-Z][a-zA-Z0-9_]{0,39}$/, {
      message: 'must have 1 to 40 letters, digits or _, and begin with a letter',
    }),
    ValidateBy({
      name: 'notReserved',
      validator: {
        validate: (name) => !RESERVED.has(name as string),
        defaultMessage: (args) => `${args?.value} means something already; choose another name`,
      },
    }),
  );

export const AtMost = (most: number, what: string) =>
  ArrayMaxSize(most, { message: `must have at most ${most} ${what}` });
