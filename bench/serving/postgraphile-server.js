/** PostGraphile on the tables of Talegraph, as its documentation advises: lists, simple names, prepared statements. */
import { createServer } from 'node:http';
import { env } from 'node:process';
import { PgSimplifyInflectionPreset } from '@graphile/simplify-inflection';
import { GraphQLError } from 'graphql';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { makePgSmartTagsPlugin } from 'postgraphile/utils';
import { serve, userOf } from './peer-http.js';

/** The operations that write. */
const MUTATIONS = new Set(['Choose', 'Start']);

/** A function of Talegraph's whose input would have the name of a table's. */
const WithoutDraftChange = makePgSmartTagsPlugin({
  ...{ kind: 'procedure', match: 'draft_change', tags: { behavior: '-*' } },
});

/** A relation that has no foreign key, as that would be checked on every choice. */
const WithCurrentNode = makePgSmartTagsPlugin({
  ...{ kind: 'class', match: 'user_progress' },
  tags: { foreignKey: '(current_node_id) references story_nodes (node_id)|@fieldName currentNode' },
});

const preset = {
  plugins: [WithoutDraftChange, WithCurrentNode],
  extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset],
  // The second hides relations whose index is partial, as that of choices is.
  disablePlugins: ['NodePlugin', 'PgIndexBehaviorsPlugin'],
  pgServices: [
    makePgService({
      connectionString: env.DATABASE_URL,
      schemas: ['public', 'bench'],
      poolConfig: { max: Number(env.POOL_SIZE), min: Number(env.POOL_SIZE) },
    }),
  ],
  // Lists cost less than connections, and nothing but the functions writes.
  schema: { defaultBehavior: 'list -connection -insert -update -delete', pgOmitListSuffix: true },
  grafast: {
    explain: false,
    context({ node: { req } }, { operationName }) {
      const user = userOf(req);
      if (user === undefined) throw new GraphQLError('Sign in.');
      // Reads go without settings, and so without a transaction; mutations ask who it is.
      return MUTATIONS.has(operationName)
        ? { pgSettings: { 'jwt.claims.user_id': String(user) } }
        : {};
    },
  },
  grafserv: { watch: false, graphiql: false, graphqlPath: '/graphql' },
};

const instance = postgraphile(preset);
const server = createServer();
await instance.createServ(grafserv).addTo(server);
const [handle] = server.listeners('request');
await serve(handle);
