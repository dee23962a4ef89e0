import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server where a bucket should be. */
export interface FaultyStorage {
  /** Such as `http://127.0.0.1:41234`. */
  readonly endpoint: string;
  /** Ends it, with whoever waits for it. */
  readonly stop: () => Promise<void>;
}

export async function faultyStorage(answer: RequestListener): Promise<FaultyStorage> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** The address of a server that is there no longer. */
export async function deadEndpoint(): Promise<string> {
  const { endpoint, stop } = await faultyStorage(() => undefined);
  await stop();
  return endpoint;
}
