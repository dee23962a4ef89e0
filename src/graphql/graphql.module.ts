import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { complexityLimit } from './complexity.js';
import { newRequestContext } from './context.js';
import { ErrorCode } from './error-code.js';
import { ErrorFilter } from './error.filter.js';
import { formatError } from './error-format.js';
import { CompilingDriver } from './execution/compiling.driver.js';
import { idePage } from './ide/ide.js';
import { statusByMediaType } from './http-status.js';
import { InputPipe } from './input-pipe.js';
import { limitRules, LIMITS } from './limits.js';
import { nullsAsLeftOut } from './null-variables.js';
import { publicReads } from './public-read.js';
import { noSubscriptions } from './subscriptions.js';

@Module({
  imports: [
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: CompilingDriver,
      autoSchemaFile: true,
      sortSchema: true,
      buildSchemaOptions: { orphanedTypes: [ErrorCode] },
      graphiql: false,
      introspection: true,
      csrfPrevention: true,
      includeStacktraceInErrorResponses: false,
      stopOnApplicationShutdown: true,
      fieldResolverEnhancers: [],
      context: (request: FastifyRequest) => newRequestContext(request),
      parseOptions: { maxTokens: LIMITS.tokens },
      validationRules: [...limitRules, noSubscriptions],
      // What is left out is known before its cost is told.
      plugins: [
        idePage,
        nullsAsLeftOut,
        complexityLimit,
        statusByMediaType,
        publicReads,
        ApolloServerPluginCacheControlDisabled(),
      ],
      formatError,
    }),
  ],
  providers: [
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_PIPE, useClass: InputPipe },
  ],
})
export class TalegraphGraphqlModule {}
