import { Extensions } from '@nestjs/graphql';
import { isObjectType, type GraphQLSchema } from 'graphql';

const READ_AHEAD = 'readAhead';

/**
 * Decorator of a resolver of an inner field: where whoever read the parent has read the field's value with it, under the same
 * name, that is the value, and the resolver is not asked.
 */
export const ReadAhead = () => Extensions({ [READ_AHEAD]: true });

/** Has fields that are marked so take what was read ahead. */
export function takeReadAhead(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const { name, resolve, extensions } = field;
      if (extensions[READ_AHEAD] !== true || resolve === undefined) continue;
      field.resolve = (parent: Readonly<Record<string, unknown>>, ...rest) =>
        parent[name] === undefined ? resolve(parent, ...rest) : parent[name];
    }
  }
}
