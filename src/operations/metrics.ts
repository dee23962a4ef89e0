import type { ApolloServerPlugin, BaseContext, GraphQLRequestListener } from '@apollo/server';
import { Plugin } from '@nestjs/apollo';
import { Kind, type GraphQLError, type OperationDefinitionNode } from 'graphql';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Caches } from '../cache/caches.js';
import type { Replicas } from '../database/replicas.js';
import { ErrorCode } from '../graphql/error-code.js';
import { onAnswered } from '../graphql/execution/answered.js';
import type { Redis } from '../redis/redis.js';

/** The registry behind `/metrics`. */
export const metrics = new Registry();

let collecting = false;

/** Starts the process metrics; a second call in the same process changes nothing. */
export function collectProcessMetrics(): void {
  if (collecting) return;
  collecting = true;
  collectDefaultMetrics({ register: metrics, prefix: 'talegraph_' });
  onAnswered(({ operation, seconds }) => {
    observe(operation.operation, operation, seconds);
  });
}

const operationSeconds = new Histogram({
  name: 'talegraph_graphql_operation_duration_seconds',
  help: 'How long a GraphQL operation took, by its kind and first root field.',
  labelNames: ['kind', 'field'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [metrics],
});

const operationErrors = new Counter({
  name: 'talegraph_graphql_errors_total',
  help: 'How many errors GraphQL operations answered, by code.',
  labelNames: ['code'],
  registers: [metrics],
});

const redisUp = new Gauge({
  name: 'talegraph_redis_up',
  help: 'Whether Redis answers: 1 when it does, 0 when not, nothing where none is configured.',
  registers: [metrics],
});

const redisUnanswered = new Gauge({
  name: 'talegraph_redis_unanswered_commands',
  help: 'How many commands Redis did not answer in time, since the process started.',
  registers: [metrics],
});

const cacheUse = {
  hits: new Gauge({
    name: 'talegraph_cache_hits',
    help: 'How many values were found in memory since the process started, by cache.',
    labelNames: ['cache'],
    registers: [metrics],
  }),
  misses: new Gauge({
    name: 'talegraph_cache_misses',
    help: 'How many values were not, since the process started.',
    labelNames: ['cache'],
    registers: [metrics],
  }),
  bytes: new Gauge({
    name: 'talegraph_cache_bytes',
    help: 'How much memory a cache takes, roughly.',
    labelNames: ['cache'],
    registers: [metrics],
  }),
};

const replicaLag = new Gauge({
  name: 'talegraph_replica_lag_seconds',
  help: 'How old what a replica is known to have was when it was last looked at, by its host and port.',
  labelNames: ['replica'],
  registers: [metrics],
});

const replicaUsed = new Gauge({
  name: 'talegraph_replica_in_use',
  help: 'Whether reads go to a replica: 1 when they do, 0 when it is too far behind or does not answer.',
  labelNames: ['replica'],
  registers: [metrics],
});

/** How the caches are used so far. */
export function observeCaches(caches: Caches): void {
  for (const { cache, ...figures } of caches.figures) {
    for (const figure of ['hits', 'misses', 'bytes'] as const) {
      cacheUse[figure].set({ cache }, figures[figure]);
    }
  }
}

/** How Redis is at this moment. */
export function observeRedis(redis: Redis): void {
  if (redis.isConfigured) redisUp.set(redis.state === 'up' ? 1 : 0);
  // Without labels it would be 0 from the start.
  else redisUp.remove();
  redisUnanswered.set(redis.unanswered);
}

/** How far behind the replicas are. */
export function observeReplicas(replicas: Replicas): void {
  for (const { replica, lag, isUsed } of replicas.figures) {
    if (lag !== undefined) replicaLag.set({ replica }, lag);
    replicaUsed.set({ replica }, isUsed ? 1 : 0);
  }
}

/** Times every operation and counts its errors. Labels come from the schema, so their number is bounded. */
@Plugin()
export class OperationMetrics implements ApolloServerPlugin {
  requestDidStart(): Promise<GraphQLRequestListener<BaseContext>> {
    const started = performance.now();
    return Promise.resolve({
      willSendResponse({ operation, response, errors }) {
        const answered = response.body.kind === 'single' && 'data' in response.body.singleResult;
        observe(
          operation?.operation ?? 'invalid',
          answered ? operation : undefined,
          (performance.now() - started) / 1000,
        );
        for (const error of errors ?? []) {
          operationErrors.inc({ code: codeOf(error) });
        }
        return Promise.resolve();
      },
    });
  }
}

function observe(
  kind: string,
  operation: OperationDefinitionNode | undefined,
  seconds: number,
): void {
  const [first] = operation?.selectionSet.selections ?? [];
  operationSeconds.observe(
    { kind, field: first?.kind === Kind.FIELD ? first.name.value : 'other' },
    seconds,
  );
}

const codeOf = ({ extensions: { code } }: GraphQLError): string =>
  typeof code === 'string' ? code : ErrorCode.INTERNAL_SERVER_ERROR;
