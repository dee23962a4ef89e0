import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { Config } from '../../config/config.js';
import type { RequestContext } from '../context.js';
import { takeReadAhead } from '../read-ahead.js';
import { resolveComputedFields } from './computed-fields.js';
import { CompiledQueries } from './compiled-queries.js';
import { newDocumentStore } from './document-store.js';
import { KnownOperations } from './known-operations.js';

/**
 * Apollo Server, with {@link CompiledQueries} in the place that it has for executors: that of a gateway. What comes of them
 * is taken as what graphql-js answers: errors are formatted, and statuses found, in the same way. What it has let through
 * twice is answered by {@link KnownOperations} from then on.
 */
@Injectable()
export class CompilingDriver extends ApolloDriver {
  constructor(
    modules: ModulesContainer,
    private readonly config: Config,
  ) {
    super(modules);
  }

  override async registerServer(given: ApolloDriverConfig): Promise<void> {
    const options: ApolloDriverConfig = { ...given, documentStore: newDocumentStore() };
    const schema = options.schema!;
    takeReadAhead(schema);
    if (this.config.graphqlExecutor === 'js') return super.registerServer(options);
    resolveComputedFields(schema);
    const known = new KnownOperations(schema, new CompiledQueries(schema));
    const fastify: FastifyInstance = this.httpAdapterHost.httpAdapter.getInstance();
    fastify.addHook('onRoute', (route) => {
      if (route.url === options.path) route.handler = known.before(route.handler);
    });
    const gateway = gatewayTo(schema, known);
    // Nest hands all options on to Apollo, also this one, which its type leaves out.
    return super.registerServer({ ...options, gateway } as ApolloDriverConfig);
  }
}

function gatewayTo(schema: GraphQLSchema, known: KnownOperations): GatewayInterface {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: ({ document, source, request, context }) =>
          known.execute({ document, source, request, context: context as RequestContext }),
      }),
    stop: () => Promise.resolve(),
  };
}
