import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * The bytes of a request, made once and sent as often as wanted.
 * @param {{ method?: string, path: string, headers?: string[], body?: unknown }} request
 * @param {string} [token]
 */
export function requestBytes({ method = 'GET', path, headers = [], body }, token) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...headers,
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(text === undefined
      ? []
      : ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`]),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text ?? ''}`);
}

/** One connection that is kept, with one request on its way at a time: it costs the machine less than any HTTP library. */
export class Connection {
  #socket;
  #received = [];
  #length = 0;
  #answer;

  static async open(port) {
    const connection = new Connection();
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    socket.on('data', (chunk) => connection.#take(chunk));
    socket.on('error', (error) => connection.#answer?.reject(error));
    socket.on('close', () => connection.#answer?.reject(new Error('The server hung up.')));
    connection.#socket = socket;
    return connection;
  }

  /** @returns its status and the bytes of its body */
  ask(bytes) {
    return new Promise((resolve, reject) => {
      this.#answer = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  close() {
    this.#answer = undefined;
    this.#socket.destroy();
  }

  #take(chunk) {
    this.#received.push(chunk);
    this.#length += chunk.length;
    if (this.#wanted !== undefined && this.#length < this.#wanted) return;
    const all = this.#received.length === 1 ? chunk : Buffer.concat(this.#received);
    this.#received = [all];
    const whole = this.#read(all);
    if (whole === undefined) return;
    this.#received = [];
    this.#length = 0;
    this.#wanted = undefined;
    const { resolve } = this.#answer;
    this.#answer = undefined;
    resolve(whole);
  }

  /** How many bytes the answer has, once its head has said so. */
  #wanted;

  /** @returns the answer once all of it is there */
  #read(all) {
    const end = all.indexOf(HEAD_END);
    if (end === -1) return undefined;
    const head = all.latin1Slice(0, end).toLowerCase();
    const status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
    const begin = end + HEAD_END.length;
    if (length !== undefined) {
      this.#wanted = begin + Number(length);
      return all.length < this.#wanted ? undefined : { status, body: all.subarray(begin) };
    }
    const body = chunked(all, begin);
    return body && { status, body };
  }
}

/** The body that was sent in chunks; undefined until the last one is there. */
function chunked(all, begin) {
  if (!all.subarray(-5).equals(Buffer.from('0\r\n\r\n'))) return undefined;
  const parts = [];
  for (let at = begin; ;) {
    const lineEnd = all.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = parseInt(all.latin1Slice(at, lineEnd), 16);
    if (size === 0) return Buffer.concat(parts);
    parts.push(all.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
    if (at > all.length) return undefined;
  }
}
