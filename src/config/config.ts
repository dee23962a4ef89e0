import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Environment, partsOf } from './environment.js';
import { projectRoot } from './project-root.js';
import { parseStorageUrl, type BucketSettings } from './storage-url.js';

/** Raised at start when an environment variable is missing or malformed; names every one of them. */
export class ConfigError extends Error {}

/** A language model behind an API like OpenAI’s. */
export interface SuggestionsSettings {
  /** Up to its version. */
  readonly url: string;
  readonly model: string;
  /** How long an answer may take, in milliseconds. */
  readonly timeout: number;
}

/** The typed, validated settings of this process. Built once; nothing else reads the environment. */
export class Config {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  /** Where a front end plays stories, at `/stories/<slug>`; undefined where there is none. */
  readonly webUrl: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly databasePoolSize: number;
  /** How much memory ready answers may take, in megabytes; 0 for none. */
  readonly answerCacheMegabytes: number;
  /** The database of `databaseUrl` without the pooler between; undefined where there is none. */
  readonly databaseDirectUrl: string | undefined;
  /** Whether statements may be prepared under a name, which older poolers cannot do. */
  readonly databasePrepared: boolean;
  /** Copies of the database that reads which may be old go to. */
  readonly databaseReplicaUrls: readonly string[];
  /** How old at most what is read from a replica may be. */
  readonly replicaLagSeconds: number;
  /** Whether a server works on the jobs in the background itself, or leaves them to workers. */
  readonly jobs: Environment['JOBS'];
  readonly dataDir: string;
  readonly autoMigrate: boolean;
  readonly seedSamples: boolean;
  /** How many saves a reader may keep of one story. */
  readonly saveSlots: number;
  /** How much memory playthroughs may take that are kept for their next choice, in bytes, and again what was visited. */
  readonly playCacheBytes: number;
  /** How many readers a figure must be of, at least, for authors to see it. */
  readonly analyticsMinReaders: number;
  /** Where uploads and media lie; undefined for the data folder. */
  readonly bucket: BucketSettings | undefined;
  /** How long an upload may lie unused before it is swept. */
  readonly uploadGraceHours: number;
  /** How much the media and uploads of one user may take up together, in megabytes. */
  readonly mediaQuotaMegabytes: number;
  /** Who mails come from. */
  readonly mailFrom: string;
  /** Whether messages to browsers may go to addresses that are not public. */
  readonly pushToPrivateAddresses: boolean;
  /** The language model that proposes texts to authors; undefined for none. */
  readonly suggestions: SuggestionsSettings | undefined;
  /** Whether operations are compiled, or interpreted. */
  readonly graphqlExecutor: Environment['GRAPHQL_EXECUTOR'];
  readonly logLevel: Environment['LOG_LEVEL'];
  readonly corsOrigins: readonly string[];
  /** The proxies whose X-Forwarded headers are believed, or false for none. */
  readonly trustProxy: string[] | false;
  readonly admin: { email: string; password: string } | undefined;
  readonly #jwtSecret: string | undefined;
  readonly #suggestionsKey: string | undefined;
  readonly #smtpUrl: string | undefined;
  readonly #redisUrl: string | undefined;

  constructor(env: Environment) {
    this.production = env.NODE_ENV === 'production';
    this.port = env.PORT;
    this.host = env.HOST;
    this.publicUrl = (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/$/, '');
    this.webUrl = env.WEB_URL?.replace(/\/$/, '');
    this.databaseUrl = env.DATABASE_URL;
    this.databasePoolSize = env.DATABASE_POOL_SIZE;
    this.answerCacheMegabytes = env.ANSWER_CACHE_MB;
    this.databaseDirectUrl = env.DATABASE_DIRECT_URL;
    this.databasePrepared = env.DATABASE_PREPARED;
    this.databaseReplicaUrls = partsOf(env.DATABASE_REPLICA_URLS);
    this.replicaLagSeconds = env.DATABASE_REPLICA_LAG_SECONDS;
    this.jobs = env.JOBS;
    this.dataDir = resolve(projectRoot, env.DATA_DIR);
    this.autoMigrate = env.AUTO_MIGRATE;
    this.seedSamples = env.SEED_SAMPLES ?? env.DATABASE_URL === undefined;
    this.saveSlots = env.SAVE_SLOTS;
    this.playCacheBytes = env.PLAY_CACHE_MB * 1024 * 1024;
    this.analyticsMinReaders = env.ANALYTICS_MIN_READERS;
    this.bucket = env.STORAGE_URL === undefined ? undefined : parseStorageUrl(env.STORAGE_URL);
    this.uploadGraceHours = env.UPLOAD_GRACE_HOURS;
    this.mediaQuotaMegabytes = env.MEDIA_QUOTA_MB;
    this.mailFrom = env.MAIL_FROM ?? 'Talegraph <talegraph@localhost>';
    this.pushToPrivateAddresses = env.PUSH_TO_PRIVATE_ADDRESSES;
    this.suggestions =
      env.SUGGESTIONS_URL === undefined
        ? undefined
        : {
            url: env.SUGGESTIONS_URL.replace(/\/$/, ''),
            model: env.SUGGESTIONS_MODEL!,
            timeout: env.SUGGESTIONS_TIMEOUT_SECONDS * 1000,
          };
    this.graphqlExecutor = env.GRAPHQL_EXECUTOR;
    this.logLevel = env.LOG_LEVEL;
    this.corsOrigins = partsOf(env.CORS_ORIGINS);
    this.trustProxy = env.TRUST_PROXY === '' ? false : env.TRUST_PROXY.split(',');
    this.admin =
      env.ADMIN_EMAIL !== undefined && env.ADMIN_PASSWORD !== undefined
        ? { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD }
        : undefined;
    this.#jwtSecret = env.JWT_SECRET;
    this.#suggestionsKey = env.SUGGESTIONS_KEY;
    this.#smtpUrl = env.SMTP_URL;
    this.#redisUrl = env.REDIS_URL;
  }

  /** The key that signs access tokens: `JWT_SECRET`, else one made on first use and kept in the data folder. */
  jwtSecret(): string {
    return this.#jwtSecret ?? secretFile(this.dataDir, 'jwt-secret');
  }

  /** What the language model takes as a bearer token, where it wants one. */
  suggestionsKey(): string | undefined {
    return this.#suggestionsKey;
  }

  /** The files and folders of the data folder that this process itself reads and writes, by these settings. */
  get usedOfDataDir(): readonly string[] {
    return [
      ...(this.#jwtSecret === undefined ? ['jwt-secret'] : []),
      ...(this.databaseUrl === undefined ? ['postgres-password'] : []),
      ...(this.bucket === undefined ? ['media'] : []),
    ];
  }

  /** What the links of mails and pushes to pages of a front end begin with. */
  get pagesUrl(): string {
    return this.webUrl ?? this.publicUrl;
  }

  /** The server that mails are handed to, with the password for it; undefined for none. */
  smtpUrl(): string | undefined {
    return this.#smtpUrl;
  }

  /** The Redis that the instances share, with the password for it; undefined for none. */
  redisUrl(): string | undefined {
    return this.#redisUrl;
  }

  /**
   * @param variables usually `process.env`; blank values count as unset
   * @throws {ConfigError} naming each variable that is wrong and what it must be
   */
  static from(variables: Readonly<Record<string, string | undefined>>): Config {
    const given = Object.entries(variables).filter(
      ([, value]) => value !== undefined && value !== '',
    );
    const env = plainToInstance(Environment, Object.fromEntries(given), {
      exposeDefaultValues: true,
    });
    const problems = validateSync(env, { whitelist: true }).map(
      ({ property, constraints = {} }) => {
        const rules = Object.values(constraints).map((rule) => rule.replace(`${property} `, ''));
        return `  ${property} ${rules.join('; ')}`;
      },
    );
    if (problems.length > 0) {
      throw new ConfigError(
        `The environment needs mending (see .env.example):\n${problems.join('\n')}`,
      );
    }
    return new Config(env);
  }
}

/**
 * A random secret kept in a file that only its owner may read.
 * @returns 64 hexadecimal digits, the same ones on every later call
 */
export function secretFile(folder: string, name: string): string {
  const path = join(folder, name);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, randomBytes(32).toString('hex'), { mode: 0o600 });
    linkUnlessThere(draft, path);
  }
  return readFileSync(path, 'utf8').trim();
}

/** Atomic: of two processes that start together, both end up reading the file of one. */
function linkUnlessThere(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}
