import type { ApolloServerPlugin } from '@apollo/server';
import fastifyStatic from '@fastify/static';
import {
  getDistDirectory,
  renderAltair,
  renderInitSnippet,
  type RenderOptions,
} from 'altair-static';
import type { FastifyInstance } from 'fastify';
import { EXAMPLES } from './examples.js';

const ASSETS = '/graphql/ide/';
const OPTIONS_FILE = 'initial-options.js';

/** Altair, the GraphQL IDE, from the installed package: it works with no internet. */
const options: RenderOptions = {
  baseURL: ASSETS,
  endpointURL: '/graphql',
  serveInitialOptionsInSeperateRequest: OPTIONS_FILE,
  disableAccount: true,
  initialSettings: { enableExperimental: false },
  initialEnvironments: { base: { title: 'Talegraph', variables: { accessToken: '' } } },
  initialWindows: EXAMPLES.map(({ name, query, variables, afterwards }) => ({
    initialName: name,
    endpointURL: '/graphql',
    initialQuery: query,
    initialVariables: JSON.stringify(variables ?? {}, null, 2),
    initialHeaders: { Authorization: 'Bearer {{accessToken}}' },
    ...(afterwards && { initialPostRequestScript: afterwards }),
  })),
};

/** Answers a browser that opens `/graphql` with the IDE. */
export const idePage: ApolloServerPlugin = {
  serverWillStart: () =>
    Promise.resolve({
      renderLandingPage: () => Promise.resolve({ html: renderAltair(options) }),
    }),
};

/** Serves the IDE's own files under {@link ASSETS}. */
export async function serveIdeAssets(app: FastifyInstance): Promise<void> {
  app.get(ASSETS + OPTIONS_FILE, (_, reply) =>
    reply.type('text/javascript').send(renderInitSnippet(options)),
  );
  await app.register(fastifyStatic, {
    root: getDistDirectory(),
    prefix: ASSETS,
    decorateReply: false,
    maxAge: '1h',
  });
}
