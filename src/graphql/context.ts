import type { ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLResolveInfo } from 'graphql';
import { Loaders } from './loaders.js';
import { AnswerScope, type Told } from './public-read.js';
import type { Viewer } from './viewer.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once by the viewer guard; undefined until then, and for anonymous requests. */
    viewer?: Viewer;
    /** Set by `publicReads`: what an answer for everyone tells of. */
    tells?: Told | undefined;
    /** Set by `KnownOperations`: what has come of the operation already, when Apollo is to tell it. */
    executed?: Promise<ExecutionResult>;
  }
}

/** What every resolver of one GraphQL request shares. */
export interface RequestContext {
  readonly req: FastifyRequest;
  readonly loaders: Loaders;
  readonly answer: AnswerScope;
}

export const newRequestContext = (req: FastifyRequest): RequestContext => ({
  req,
  loaders: new Loaders(),
  answer: new AnswerScope(),
});

export const contextOf = (execution: ExecutionContext): RequestContext =>
  GqlExecutionContext.create(execution).getContext<RequestContext>();

/** The HTTP request behind a GraphQL field or a controller. */
export const requestOf = (execution: ExecutionContext): FastifyRequest =>
  execution.getType<string>() === 'graphql'
    ? contextOf(execution).req
    : execution.switchToHttp().getRequest<FastifyRequest>();

/** The arguments of a GraphQL field; a controller has none. */
export const argumentsOf = <Arguments extends object>(
  execution: ExecutionContext,
): Partial<Arguments> =>
  execution.getType<string>() === 'graphql'
    ? GqlExecutionContext.create(execution).getArgs<Arguments>()
    : {};

/** Whether a GraphQL field is one of a mutation's. */
export const isMutation = (execution: ExecutionContext): boolean =>
  execution.getType<string>() === 'graphql' &&
  GqlExecutionContext.create(execution).getInfo<GraphQLResolveInfo>().operation.operation ===
    'mutation';
