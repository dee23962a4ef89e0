/** The limit of what is cached: `node:http` answers bytes from a Map. */
import { env } from 'node:process';
import pg from 'pg';
import { send, serve, userOf } from './peer-http.js';
import { statement } from './statements.js';

const client = new pg.Client({ connectionString: env.DATABASE_URL });
await client.connect();
const answers = new Map();
for (const id of env.NODES.split(',')) {
  const { rows } = await client.query(statement('read', [id]));
  answers.set(`/read/${id}`, Buffer.from(rows[0].body));
}
await client.end();

await serve((request, response) => {
  if (userOf(request) === undefined) send(response, 401, '{}');
  else send(response, 200, answers.get(request.url));
});
