import { request, type Agent } from 'node:https';
import { Injectable } from '@nestjs/common';
import { RequestFilteringHttpsAgent } from 'request-filtering-agent';
import webPush, { type RequestDetails } from 'web-push';
import { Config } from '../../../config/config.js';
import { PushKeys } from './push-keys.js';
import type { PushSubscriptionEntity } from './push-subscription.entity.js';

/** How long a push service may take to answer, in milliseconds. */
const TIMEOUT = 10_000;

/** How long it keeps a message for a browser that is away, in seconds. */
const TTL = 86_400;

/** What became of a message: the push service has it, knows no such browser any more, or never takes such a message. */
export type Outcome = 'taken' | 'gone' | 'refused';

/** Hands messages to push services, encrypted so that only the browser can read them. */
@Injectable()
export class PushTransport {
  readonly #agent: Agent;

  constructor(
    private readonly config: Config,
    private readonly keys: PushKeys,
  ) {
    // Looks at the addresses that names lead to, at the moment of connecting.
    this.#agent = new RequestFilteringHttpsAgent({
      allowPrivateIPAddress: config.pushToPrivateAddresses,
    });
  }

  /** @throws when the push service cannot be reached, or says that it may take the message later */
  async send(
    { endpoint, p256dh, auth }: PushSubscriptionEntity,
    message: object,
  ): Promise<Outcome> {
    const { publicUrl } = this.config;
    const details = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify(message),
      {
        vapidDetails: {
          ...(await this.keys.get()),
          subject: publicUrl.startsWith('https:') ? publicUrl : 'mailto:talegraph@localhost',
        },
        TTL,
        contentEncoding: 'aes128gcm',
      },
    );
    const status = await post(details, this.#agent).catch((error: unknown) => {
      if (isForbiddenAddress(error)) return 410;
      throw error;
    });
    if (status < 300) return 'taken';
    if (status === 404 || status === 410) return 'gone';
    if (status === 429 || status >= 500) throw new Error(`The push service answered ${status}.`);
    return 'refused';
  }
}

/** @returns the status; what else is answered is not read, as it may be anything and without an end */
function post({ endpoint, method, headers, body }: RequestDetails, agent: Agent): Promise<number> {
  const signal = AbortSignal.timeout(TIMEOUT);
  return new Promise((resolve, reject) => {
    request(endpoint, { method, headers, agent, signal }, (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    })
      .on('error', reject)
      .end(body);
  });
}

/** Whether the agent has refused to connect, as the name leads to an address that is not public. */
const isForbiddenAddress = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('is not allowed. Because');
