/** What the peers have in common with Talegraph: who asks is verified by the same key, and each request is logged by pino. */
import { createServer } from 'node:http';
import { env } from 'node:process';
import { pino } from 'pino';
import { claimsOf } from './tokens.js';

const log = pino({ level: 'info' }, pino.destination({ dest: 1, sync: false }));

/** @returns the id of the user who sent a request; undefined when its token is not ours or has expired */
export const userOf = ({ headers: { authorization = '' } }) =>
  claimsOf(authorization.replace(/^Bearer /, ''), env.JWT_SECRET)?.uid;

/** Serves on the port that the environment says, and logs each answer. */
export async function serve(handle) {
  let count = 0;
  const server = createServer((request, response) => {
    const began = performance.now();
    const id = ++count;
    const { method, url, socket } = request;
    response.once('finish', () =>
      log.info(
        {
          req: { id, method, url, remoteAddress: socket.remoteAddress },
          res: { statusCode: response.statusCode },
          responseTime: Math.round(performance.now() - began),
        },
        'request completed',
      ),
    );
    handle(request, response);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(Number(env.PORT), '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
}

export function send(response, status, body) {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
