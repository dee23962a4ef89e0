import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { GraphQLSchema } from 'graphql';
import { Config } from '../../config/config.js';
import { resolveComputedFields } from './computed-fields.js';
import { CompiledQueries } from './compiled-queries.js';

/**
 * Apollo Server, with {@link CompiledQueries} in the place that it has for executors: that of a gateway. What comes of them
 * is taken as what graphql-js answers: errors are formatted, and statuses found, in the same way.
 */
@Injectable()
export class CompilingDriver extends ApolloDriver {
  constructor(
    modules: ModulesContainer,
    private readonly config: Config,
  ) {
    super(modules);
  }

  override async registerServer(options: ApolloDriverConfig): Promise<void> {
    if (this.config.graphqlExecutor === 'js') return super.registerServer(options);
    // Nest hands all options on to Apollo, also this one, which its type leaves out.
    resolveComputedFields(options.schema!);
    const gateway = gatewayTo(options.schema!);
    return super.registerServer({ ...options, gateway } as ApolloDriverConfig);
  }
}

function gatewayTo(schema: GraphQLSchema): GatewayInterface {
  const queries = new CompiledQueries(schema);
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: ({ document, request, context }) =>
          queries.execute({
            document,
            operationName: request.operationName,
            variableValues: request.variables,
            contextValue: context,
          }),
      }),
    stop: () => Promise.resolve(),
  };
}
