import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createClient, ErrorReply } from '@redis/client';
import { Config } from '../config/config.js';

/** How long a command may take before the caller goes on without Redis, in milliseconds. */
const LONGEST = 40;

/** For how long Redis is left alone after a command took too long, in milliseconds, at least: the next callers do not wait. */
const REST = 1000;

const LONGEST_CONNECT = 2000;

/** When a connection is taken for dead, in milliseconds. */
interface Patience {
  /** How often it is asked for a sign of life. */
  readonly ping: number;
  /** How long nothing may be sent or come, longer than `ping`: then it is left for another one. */
  readonly silence: number;
}

const PATIENCE: Patience = { ping: 5000, silence: 10_000 };

const NO_REPLY = Symbol('no reply');

/** In front of every key and channel, so that others may use the same Redis. */
const PREFIX = 'talegraph:';

/** @param waits whether commands wait for the connection, as subscriptions do */
const connectionTo = (url: string, waits: boolean, { ping, silence }: Patience) =>
  createClient({
    url,
    disableOfflineQueue: !waits,
    pingInterval: ping,
    socket: {
      connectTimeout: LONGEST_CONNECT,
      socketTimeout: silence,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 2000),
    },
  });

type Client = ReturnType<typeof connectionTo>;

/** `off` where none is configured; `away` while it does not answer. */
export type RedisState = 'off' | 'up' | 'away';

/** A script that Redis runs as one step. */
export interface RedisScript {
  readonly lua: string;
}

/**
 * The one way to Redis. Nothing depends on it: a command that Redis refuses or does not answer at once gives undefined, commands
 * never wait for it to come back, and the server starts without it.
 */
export class Redis implements OnApplicationShutdown {
  readonly #logger = new Logger('Redis');
  readonly #commands: Client | undefined;
  readonly #messages: Client | undefined;
  readonly #returned: (() => void)[] = [];
  /** The kinds of error replies that the log has told of. */
  readonly #refusals = new Set<string>();
  #restsUntil = 0;
  /** How many commands are still unanswered that took too long. */
  #late = 0;
  #unanswered = 0;

  constructor(
    config: Config,
    private readonly patience = PATIENCE,
  ) {
    const url = config.redisUrl();
    if (url === undefined) return;
    this.#commands = this.#open(url, false);
    this.#messages = this.#open(url, true);
    // By then it is subscribed again to all that it was subscribed to.
    this.#messages.on('ready', this.#tellReturn);
  }

  get isConfigured(): boolean {
    return this.#commands !== undefined;
  }

  get state(): RedisState {
    if (this.#commands === undefined) return 'off';
    // Until what is late is answered, or its connection ends: as long as more is sent, that does not look silent.
    const isResting = this.#late > 0 || performance.now() < this.#restsUntil;
    return this.#commands.isReady && !isResting ? 'up' : 'away';
  }

  /** How many commands got no answer so far. */
  get unanswered(): number {
    return this.#unanswered;
  }

  get(key: string): Promise<string | null | undefined> {
    return this.#ask((client) => client.get(PREFIX + key));
  }

  delete(key: string): Promise<number | undefined> {
    return this.#ask((client) => client.del(PREFIX + key));
  }

  /** @returns the script's reply */
  run({ lua }: RedisScript, key: string, values: readonly (string | number)[]): Promise<unknown> {
    return this.#ask((client) =>
      client.eval(lua, { keys: [PREFIX + key], arguments: values.map(String) }),
    );
  }

  /** @returns how many connections have got the message */
  publish(channel: string, message: string): Promise<number | undefined> {
    return this.#ask((client) => client.publish(PREFIX + channel, message));
  }

  /** Hears what is published, as often as Redis comes back. */
  subscribe(channel: string, listener: (message: string) => void): void {
    const client = this.#messages;
    if (client === undefined) return;
    // Not before it is there: what waits for a first connection that fails hears nothing later.
    const whenReady = () => client.once('ready', begin);
    const begin = () => {
      client.subscribe(PREFIX + channel, listener).then(this.#tellReturn, (error: unknown) => {
        this.#noReply(error);
        whenReady();
      });
    };
    if (client.isReady) begin();
    else whenReady();
  }

  /** Calls back whenever messages are heard again, of which some may have been missed. */
  onReturn(listener: () => void): void {
    this.#returned.push(listener);
  }

  onApplicationShutdown(): void {
    for (const client of [this.#commands, this.#messages]) if (client?.isOpen) client.destroy();
  }

  readonly #tellReturn = (): void => {
    for (const listener of this.#returned) listener();
  };

  async #ask<Reply>(command: (client: Client) => Promise<Reply>): Promise<Reply | undefined> {
    if (this.#commands === undefined) return undefined;
    const reply = this.state === 'up' ? await this.#inTime(command(this.#commands)) : NO_REPLY;
    if (reply !== NO_REPLY) return reply;
    this.#unanswered += 1;
    return undefined;
  }

  async #inTime<Reply>(replying: Promise<Reply>): Promise<Reply | typeof NO_REPLY> {
    let timer: NodeJS.Timeout | undefined;
    const answered = replying.catch(this.#noReply);
    const tooLate = new Promise<typeof NO_REPLY>((resolve) => {
      timer = setTimeout(() => {
        this.#restsUntil = performance.now() + REST;
        this.#late += 1;
        void answered.then(() => (this.#late -= 1));
        resolve(NO_REPLY);
      }, LONGEST);
    });
    try {
      return await Promise.race([answered, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  readonly #noReply = (error: unknown): typeof NO_REPLY => {
    if (error instanceof ErrorReply) this.#tellRefusal(error.message);
    return NO_REPLY;
  };

  /** The first of each kind since Redis came. */
  #tellRefusal(reply: string): void {
    const kind = reply.split(' ', 1).join();
    if (!this.#refusals.has(kind)) this.#logger.warn(`Redis refuses commands: ${reply}`);
    this.#refusals.add(kind);
  }

  #open(url: string, waits: boolean): Client {
    const client = connectionTo(url, waits, this.patience);
    // Both connections come and go together: one of them tells of it.
    let isTold = waits;
    client.on('error', (error: Error) => {
      if (!isTold) this.#logger.warn(`Redis is away: ${error.message}`);
      isTold = true;
    });
    client.on('ready', () => {
      if (isTold && !waits) this.#logger.log('Redis is back.');
      this.#refusals.clear();
      isTold = waits;
    });
    // It goes on trying until it is closed.
    client.connect().catch(isClosed);
    return client;
  }
}

const isClosed = () => undefined;
