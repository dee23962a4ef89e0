import type { ApolloServerPlugin } from '@apollo/server';
import fastifyStatic from '@fastify/static';
import {
  getDistDirectory,
  isSandboxFrame,
  renderAltair,
  renderInitSnippet,
  type RenderOptions,
} from 'altair-static';
import type { FastifyInstance } from 'fastify';
import { EMPTY_ENVIRONMENT, EXAMPLES, KEEP_FOR_NEXT } from './examples.js';

const ASSETS = '/graphql/ide/';
const OPTIONS_FILE = 'initial-options.js';

/**
 * Altair, the GraphQL IDE, from the installed package: it works with no internet.
 * @param endpoint the address of the API as the browser reaches it; Altair takes no relative one
 */
const optionsFor = (endpoint: string): RenderOptions => ({
  baseURL: ASSETS,
  endpointURL: endpoint,
  serveInitialOptionsInSeperateRequest: OPTIONS_FILE,
  disableAccount: true,
  persistedSettings: { 'banners.disable': true, 'alert.disableUpdateNotification': true },
  initialEnvironments: {
    activeSubEnvironment: 'visit',
    subEnvironments: [{ id: 'visit', title: 'This visit', variables: EMPTY_ENVIRONMENT }],
  },
  initialWindows: EXAMPLES.map(({ name, query, variables }) => ({
    initialName: name,
    endpointURL: endpoint,
    initialQuery: query,
    initialVariables: variables,
    initialHeaders: { Authorization: 'Bearer {{accessToken}}' },
    initialPostRequestScript: KEEP_FOR_NEXT,
  })),
});

/** The frame that the IDE runs a window's scripts in: it alone may evaluate them, and may load nothing else. */
const SCRIPT_FRAME_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'";

/** Answers a browser that opens `/graphql` with the IDE. */
export const idePage: ApolloServerPlugin = {
  serverWillStart: () =>
    Promise.resolve({
      renderLandingPage: () => Promise.resolve({ html: renderAltair(optionsFor('/graphql')) }),
    }),
};

/** Serves the IDE's own files under {@link ASSETS}. */
export async function serveIdeAssets(app: FastifyInstance): Promise<void> {
  app.get(ASSETS + OPTIONS_FILE, ({ protocol, host }, reply) =>
    reply
      .type('text/javascript')
      .send(renderInitSnippet(optionsFor(`${protocol}://${host}/graphql`))),
  );
  await app.register(fastifyStatic, {
    root: getDistDirectory(),
    prefix: ASSETS,
    decorateReply: false,
    maxAge: '1h',
    setHeaders: (reply, path) => {
      if (isSandboxFrame(path)) void reply.header('content-security-policy', SCRIPT_FRAME_POLICY);
    },
  });
}
