import {
  Controller,
  Get,
  Header,
  HttpCode,
  HttpStatus,
  Redirect,
  type OnModuleDestroy,
} from '@nestjs/common';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { Caches } from '../cache/caches.js';
import { Database } from '../database/database.js';
import { Replicas } from '../database/replicas.js';
import { Access, AccessFor } from '../graphql/access.js';
import { Redis } from '../redis/redis.js';
import { metrics, observeCaches, observeRedis, observeReplicas } from './metrics.js';

/** What operators and their machines ask of the server. */
@Controller()
export class OperationsController implements OnModuleDestroy {
  #isStopping = false;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: Database,
    private readonly replicas: Replicas,
    private readonly redis: Redis,
    private readonly caches: Caches,
  ) {}

  /** Comes before jobs in hand are waited for, as global modules are told last. Requests are served until they are done. */
  onModuleDestroy(): void {
    this.#isStopping = true;
  }

  @Get('/')
  @AccessFor(Access.Public)
  @Redirect('/graphql', HttpStatus.FOUND)
  home(): void {
    // The redirect is the whole answer.
  }

  /** Browsers ask for it beside every page. There is none. */
  @Get('/favicon.ico')
  @AccessFor(Access.Public)
  @HttpCode(HttpStatus.NO_CONTENT)
  @Header('Cache-Control', 'public, max-age=86400')
  icon(): void {
    // The status is the whole answer.
  }

  /** The process runs. */
  @Get('/health/live')
  @AccessFor(Access.Public)
  @HealthCheck()
  live() {
    return this.health.check([]);
  }

  /** The process can serve: its database answers, and it goes on. Without its Redis it serves too. */
  @Get('/health/ready')
  @AccessFor(Access.Public)
  @HealthCheck()
  ready() {
    return this.health.check([
      () => this.#databaseAnswers(),
      ...(this.#isStopping ? [() => this.#stops()] : []),
      ...(this.redis.isConfigured ? [() => this.#redisAnswers()] : []),
    ]);
  }

  @Get('/metrics')
  @AccessFor(Access.Public)
  @Header('Content-Type', metrics.contentType)
  metrics(): Promise<string> {
    observeRedis(this.redis);
    observeCaches(this.caches);
    observeReplicas(this.replicas);
    return metrics.metrics();
  }

  #stops() {
    return this.indicators.check('server').down({ message: 'stops' });
  }

  #redisAnswers() {
    const indicator = this.indicators.check('redis');
    return this.redis.state === 'up'
      ? indicator.up()
      : indicator.up({ degraded: true, message: 'does not answer' });
  }

  async #databaseAnswers() {
    const indicator = this.indicators.check('database');
    return this.database.query('SELECT 1').then(
      () => indicator.up(),
      () => indicator.down({ message: 'does not answer' }),
    );
  }
}
