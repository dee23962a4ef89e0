import { CustomScalar, Scalar } from '@nestjs/graphql';
import { valueFromASTUntyped, type ValueNode } from 'graphql';

/** A state of the engine, as JSON. Whether it is one of the story's is checked where the story is known. */
@Scalar('DebugState')
export class DebugStateScalar implements CustomScalar<unknown, unknown> {
  description =
    'Where a debugged play stands, as JSON. Keep it, and send it back to go on from there.';

  parseValue = (value: unknown): unknown => value;
  serialize = (value: unknown): unknown => value;
  parseLiteral = (node: ValueNode): unknown => valueFromASTUntyped(node);
}
