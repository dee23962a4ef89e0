import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, requestBytes } from '../../bench/serving/http-client.js';

let server: Server | undefined;

/** A server that answers each request by these pieces, one after another. */
async function answering(...pieces: string[]): Promise<number> {
  server = createServer((socket) => {
    socket.on('data', () => void send());
    const send = async () => {
      for (const piece of pieces) {
        if (piece === 'hang up') socket.destroy();
        else socket.write(piece);
        await sleep(5);
      }
    };
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server!.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  server?.close();
});

describe('the client of the benchmarks', () => {
  const bytes = requestBytes({ path: '/' });
  const ask = async (connection: Connection) => {
    const { status, body } = await connection.ask(bytes);
    return [status, String(body)];
  };

  it.each([
    ['at once', ['HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour']],
    ['with the head in pieces', ['HTTP/1.1 200 OK\r\nContent-', 'Length: 4\r\n\r', '\nfour']],
    ['with the body in pieces', ['HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n', 'fo', 'ur']],
    [
      'in chunks that end anywhere',
      [
        'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nf',
        'o\r\n2\r\nur\r\n',
        '0\r\n\r\n',
      ],
    ],
  ])('reads an answer that comes %s, again and again', async (_, pieces) => {
    const connection = await Connection.open(await answering(...pieces));
    expect(await ask(connection)).toEqual([200, 'four']);
    expect(await ask(connection)).toEqual([200, 'four']);
    connection.close();
  });

  it('tells the status of a refusal', async () => {
    const connection = await Connection.open(
      await answering('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n'),
    );
    expect(await ask(connection)).toEqual([404, '']);
    connection.close();
  });

  it('fails when the server hangs up in the middle of an answer', async () => {
    const connection = await Connection.open(
      await answering('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfo', 'hang up'),
    );
    await expect(connection.ask(bytes)).rejects.toThrow('The server hung up.');
  });

  it('sends a body with its length in bytes, and the token', () => {
    const request = { method: 'POST', path: '/a', body: 'é' };
    const text = String(requestBytes(request, 'token'));
    expect(text.split('\r\n')).toEqual([
      ...['POST /a HTTP/1.1', 'host: 127.0.0.1', 'authorization: Bearer token'],
      ...['content-type: application/json', 'content-length: 4', '', '"é"'],
    ]);
  });
});
