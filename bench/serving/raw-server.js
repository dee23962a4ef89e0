/** The limit: `node:http` and `pg` with one prepared statement for each request, whose JSON PostgreSQL makes. */
import { env } from 'node:process';
import pg from 'pg';
import { send, serve, userOf } from './peer-http.js';
import { statement } from './statements.js';

const pool = new pg.Pool({
  connectionString: env.DATABASE_URL,
  max: Number(env.POOL_SIZE),
  min: Number(env.POOL_SIZE),
});

const WRITES = new Set(['choose', 'start']);
const OF_THE_USER = new Set(['draft', 'choose', 'start']);

async function answer(response, name, values, user) {
  try {
    const { rows } = await pool.query(
      statement(name, OF_THE_USER.has(name) ? [...values, user] : values),
    );
    if (rows.length === 0) send(response, 404, '{}');
    else send(response, 200, rows[0].body);
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    send(response, 500, '{}');
  }
}

await serve((request, response) => {
  const user = userOf(request);
  if (user === undefined) {
    send(response, 401, '{}');
    return;
  }
  const [, name, ...values] = request.url.split('/');
  if (!WRITES.has(name)) {
    void answer(response, name, values, user);
    return;
  }
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (text) => (body += text));
  request.on('end', () => void answer(response, name, JSON.parse(body), user));
});
