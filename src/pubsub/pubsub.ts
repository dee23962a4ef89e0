import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Redis } from '../redis/redis.js';

type Listener = (message: unknown) => void;

interface Envelope {
  readonly from: string;
  readonly message: unknown;
}

/** Messages, plain JSON, by Redis to whoever listens on other instances: soon, in order, and not at all while it is away. */
@Injectable()
export class PubSub {
  readonly #instance = randomUUID();
  readonly #listeners = new Map<string, Listener[]>();

  constructor(private readonly redis: Redis) {}

  /** @returns whether the other instances are told, where there can be any that hear */
  async publish(topic: string, message: unknown): Promise<boolean> {
    if (!this.redis.isConfigured) return true;
    const envelope: Envelope = { from: this.#instance, message };
    return (await this.redis.publish(topic, JSON.stringify(envelope))) !== undefined;
  }

  /** Call it before the application has started. */
  listen(topic: string, listener: Listener): void {
    const listeners = this.#listeners.get(topic);
    if (listeners !== undefined) {
      listeners.push(listener);
      return;
    }
    this.#listeners.set(topic, [listener]);
    this.redis.subscribe(topic, (text) => {
      const { from, message } = JSON.parse(text) as Envelope;
      if (from !== this.#instance) this.#tell(topic, message);
    });
  }

  #tell(topic: string, message: unknown): void {
    for (const listener of this.#listeners.get(topic) ?? []) listener(message);
  }
}
