import { ArrayMaxSize, Matches, ValidateBy } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { isReserved, RESERVED_NAME, SHAPES } from '../../engine/core/limits.js';

/** A name that expressions can use. */
export const Name = () =>
  applyDecorators(
    Matches(SHAPES.name.pattern, { message: SHAPES.name.message }),
    ValidateBy({
      name: 'notReserved',
      validator: {
        validate: (name) => !isReserved(name),
        defaultMessage: (args) => `${args?.value} ${RESERVED_NAME}`,
      },
    }),
  );

export const AtMost = (most: number, what: string) =>
  ArrayMaxSize(most, { message: `must have at most ${most} ${what}` });
