import { CustomScalar, Scalar } from '@nestjs/graphql';
import { GraphQLError, Kind, type ValueNode } from 'graphql';
import type { Value as EngineValue } from '../../engine/core/definition.js';
import { LONGEST_TEXT } from '../../engine/core/layout.js';

/** What a variable holds. */
@Scalar('Value')
export class ValueScalar implements CustomScalar<EngineValue, EngineValue> {
  description =
    'What a variable holds: a number, true or false, or a text of at most 1,000 characters.';

  parseValue = (value: unknown): EngineValue => {
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (typeof value === 'string' && value.length <= LONGEST_TEXT) return value;
    throw new GraphQLError(
      `Value must be ${this.description.slice('What a variable holds: '.length)}`,
    );
  };

  serialize = (value: unknown): EngineValue => this.parseValue(value);

  parseLiteral = (node: ValueNode): EngineValue => {
    switch (node.kind) {
      case Kind.INT:
      case Kind.FLOAT:
        return this.parseValue(Number(node.value));
      case Kind.BOOLEAN:
      case Kind.STRING:
        return this.parseValue(node.value);
      default:
        return this.parseValue(undefined);
    }
  };
}
