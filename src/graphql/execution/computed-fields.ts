import { TypeMetadataStorage } from '@nestjs/graphql';
import { defaultFieldResolver, isObjectType, type GraphQLSchema } from 'graphql';

/**
 * Gives a resolver to each field whose class has a getter or a promise for it. Compiled queries read all other fields as
 * plain properties: they wait for no promise, and a getter that throws would leave the request without an answer.
 */
export function resolveComputedFields(schema: GraphQLSchema): void {
  for (const { name, target } of TypeMetadataStorage.getObjectTypesMetadata()) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    const prototype = target.prototype as object;
    for (const field of Object.values(type.getFields())) {
      const isComputed =
        field.name in prototype ||
        Reflect.getMetadata('design:type', prototype, field.name) === Promise;
      if (isComputed) field.resolve ??= defaultFieldResolver;
    }
  }
}
