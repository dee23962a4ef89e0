import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Bearers, hasToken } from '../auth/sessions/bearers.js';
import { ByteCache, textLength } from '../cache/byte-cache.js';
import { Caches } from '../cache/caches.js';
import { Config } from '../config/config.js';
import { StoryHeads } from '../stories/story-heads.js';
import { questionOf } from './question.js';
import { allowKeeping, readyAnswer, sendReady, type ReadyAnswer } from './ready-answer.js';

const PATH = '/graphql';

/**
 * How long another instance may answer what it did, where it hears of no change, in milliseconds. It is as long as heads of
 * stories are kept, and the age of what an answer is made of counts.
 */
const TTL = 30_000;

const MEGABYTE = 1024 * 1024;

/** A request whose answer may be kept. */
interface Asked {
  readonly question: string;
  /** What had been forgotten when it came. */
  readonly asOf: number;
}

/**
 * Answers public reads from memory, before anything of them is parsed: those whose fields are all marked `@PublicRead`, of
 * published stories without spoiler guard. Who has a token is served once that is checked; a bad one is refused as ever.
 */
@Injectable()
export class PublicAnswers {
  readonly #answers: ByteCache<ReadyAnswer>;
  readonly #asked = new WeakMap<FastifyRequest, Asked>();

  constructor(
    private readonly config: Config,
    caches: Caches,
    heads: StoryHeads,
    private readonly bearers: Bearers,
  ) {
    const mostBytes = config.answerCacheMegabytes * MEGABYTE;
    this.#answers = caches.bytes({ name: 'answers', ttl: TTL, mostBytes });
    heads.onChange((storyId) => {
      this.#answers.forget(storyId);
    });
  }

  /** Call it before the routes are made. */
  serve(fastify: FastifyInstance): void {
    // Before an answer is kept, which allows others to keep it too.
    fastify.addHook('onSend', (request, reply, _payload, done) => {
      const mayKeep = request.routeOptions.url !== PATH || reply.hasHeader('etag');
      if (!mayKeep) void reply.header('cache-control', 'no-store');
      done();
    });
    if (this.config.answerCacheMegabytes === 0) return;
    const answers = this.#answers;
    fastify.addHook('preHandler', (request, reply, done) => {
      const question = request.routeOptions.url === PATH ? questionOf(request) : undefined;
      if (question === undefined) {
        done();
        return;
      }
      const kept = answers.get(question);
      if (kept !== undefined && this.#isAllowed(request)) {
        sendReady(request, reply, kept);
        return;
      }
      this.#asked.set(request, { question, asOf: answers.forgotten });
      done();
    });
    fastify.addHook('onSend', (request, reply, payload, done) => {
      this.#keep(request, reply, payload);
      done();
    });
  }

  /** Whether it comes from nobody in particular, or from whom the guard knows; otherwise that has to look. */
  #isAllowed({ headers: { authorization } }: FastifyRequest): boolean {
    return !hasToken(authorization) || this.bearers.viewerOf(authorization) !== undefined;
  }

  #keep(request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
    const asked = this.#asked.get(request);
    const { tells } = request;
    if (asked === undefined || tells === undefined) return;
    if (typeof payload !== 'string' || reply.statusCode !== 200) return;
    const answer = readyAnswer(payload, String(reply.getHeader('content-type')));
    const made = { length: textLength(payload), tags: tells.stories, since: tells.since };
    this.#answers.set(asked.question, answer, made, asked.asOf);
    allowKeeping(request, reply, answer.etag);
  }
}
