import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model does with a question. */
export type Behaviour =
  'answers' | 'keeps silent' | 'fails' | 'talks too much' | 'answers nonsense' | 'points elsewhere';

/** A server with the API of a language model. */
export class LanguageModel {
  behaviour: Behaviour = 'answers';
  /** The questions that came, with their headers. */
  readonly asked: { path: string; authorization: string | undefined; body: any }[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<LanguageModel> {
    const server = createServer();
    const model = new LanguageModel(server);
    server.on('request', (request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        const { authorization } = request.headers;
        model.asked.push({ path: request.url!, authorization, body: JSON.parse(text) });
        const said = (content: string) => JSON.stringify({ choices: [{ message: { content } }] });
        switch (model.behaviour) {
          case 'answers':
            return response.end(said(' Knock at the door. '));
          case 'keeps silent':
            return undefined;
          case 'fails':
            return response.writeHead(500).end('a secret of the operator');
          case 'talks too much':
            return response.end(said('blah '.repeat(50_000)));
          case 'answers nonsense':
            return response.end('<html>');
          case 'points elsewhere':
            return response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
