import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { contextOf } from './context.js';
import type { Loaders } from './loaders.js';
import type { AnswerScope } from './public-read.js';
import type { Viewer } from './viewer.js';

/** Parameter decorator: the viewer, or undefined for an anonymous request. */
export const CurrentViewer = createParamDecorator(
  (_: unknown, execution: ExecutionContext): Viewer | undefined => contextOf(execution).req.viewer,
);

/** Parameter decorator: the loaders of the request. */
export const RequestLoaders = createParamDecorator(
  (_: unknown, execution: ExecutionContext): Loaders => contextOf(execution).loaders,
);

/** Parameter decorator: what the answer is made of. */
export const RequestAnswer = createParamDecorator(
  (_: unknown, execution: ExecutionContext): AnswerScope => contextOf(execution).answer,
);
