import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Config, ConfigError } from './config.js';
import { projectRoot } from './project-root.js';

const SECRET = 's'.repeat(32);

/** What is wrong with these variables, a line each. */
function problems(variables: Record<string, string>): string[] {
  try {
    Config.from(variables);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [headline, ...lines] = error.message.split('\n');
    expect(headline).toBe('The environment needs mending (see .env.example):');
    return lines;
  }
}

const namesIn = (lines: readonly string[]) => lines.map((line) => line.trim().split(' ')[0]);

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect({ ...Config.from({}) }).toEqual({
      production: false,
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      databaseUrl: undefined,
      databasePoolSize: 10,
      answerCacheMegabytes: 64,
      databaseDirectUrl: undefined,
      databasePrepared: true,
      databaseReplicaUrls: [],
      replicaLagSeconds: 5,
      jobs: 'here',
      dataDir: join(projectRoot, 'data'),
      autoMigrate: true,
      seedSamples: true,
      saveSlots: 20,
      playCacheBytes: 64 * 1024 * 1024,
      analyticsMinReaders: 5,
      bucket: undefined,
      uploadGraceHours: 24,
      mediaQuotaMegabytes: 2000,
      suggestions: undefined,
      mailFrom: 'Talegraph <talegraph@localhost>',
      pushToPrivateAddresses: false,
      graphqlExecutor: 'jit',
      logLevel: 'info',
      corsOrigins: [],
      trustProxy: false,
      admin: undefined,
    });
  });

  it('reads every variable', () => {
    const config = Config.from({
      NODE_ENV: 'production',
      PORT: '8080',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://stories.example/',
      DATABASE_URL: 'postgresql://user:word@db:5432/stories',
      DATABASE_POOL_SIZE: '7',
      REDIS_URL: 'rediss://app:p%40ss@cache:6380/1',
      ANSWER_CACHE_MB: '8',
      DATABASE_DIRECT_URL: 'postgresql://user:word@primary:5432/stories',
      DATABASE_PREPARED: 'false',
      DATABASE_REPLICA_URLS: 'postgresql://one/stories, postgresql://two/stories',
      DATABASE_REPLICA_LAG_SECONDS: '2',
      JOBS: 'elsewhere',
      DATA_DIR: '/var/lib/talegraph',
      AUTO_MIGRATE: 'false',
      SAVE_SLOTS: '5',
      PLAY_CACHE_MB: '2',
      ANALYTICS_MIN_READERS: '12',
      STORAGE_URL: 's3://key:a%2Fb@s3.example.org/stories?region=eu-central-1',
      UPLOAD_GRACE_HOURS: '0.5',
      MEDIA_QUOTA_MB: '300',
      SUGGESTIONS_URL: 'https://model.example/v1/',
      SUGGESTIONS_KEY: 'a key',
      SUGGESTIONS_MODEL: 'small',
      SUGGESTIONS_TIMEOUT_SECONDS: '1.5',
      SMTP_URL: 'smtps://post:p%40ss@mail.example.org:465',
      MAIL_FROM: 'Stories <stories@example.org>',
      SEED_SAMPLES: 'true',
      JWT_SECRET: SECRET,
      LOG_LEVEL: 'warn',
      GRAPHQL_EXECUTOR: 'js',
      CORS_ORIGINS: 'https://a.example, https://b.example,',
      TRUST_PROXY: '10.0.0.0/8,::1',
      ADMIN_EMAIL: 'admin@example.org',
      ADMIN_PASSWORD: 'long enough',
    });
    expect({ ...config }).toEqual({
      production: true,
      port: 8080,
      host: '0.0.0.0',
      publicUrl: 'https://stories.example',
      databaseUrl: 'postgresql://user:word@db:5432/stories',
      databasePoolSize: 7,
      answerCacheMegabytes: 8,
      databaseDirectUrl: 'postgresql://user:word@primary:5432/stories',
      databasePrepared: false,
      databaseReplicaUrls: ['postgresql://one/stories', 'postgresql://two/stories'],
      replicaLagSeconds: 2,
      jobs: 'elsewhere',
      dataDir: '/var/lib/talegraph',
      autoMigrate: false,
      seedSamples: true,
      saveSlots: 5,
      playCacheBytes: 2 * 1024 * 1024,
      analyticsMinReaders: 12,
      bucket: {
        endpoint: 'https://s3.example.org',
        region: 'eu-central-1',
        bucket: 'stories',
        accessKeyId: 'key',
        secretAccessKey: 'a/b',
      },
      uploadGraceHours: 0.5,
      mediaQuotaMegabytes: 300,
      suggestions: { url: 'https://model.example/v1', model: 'small', timeout: 1500 },
      mailFrom: 'Stories <stories@example.org>',
      pushToPrivateAddresses: false,
      graphqlExecutor: 'js',
      logLevel: 'warn',
      corsOrigins: ['https://a.example', 'https://b.example'],
      trustProxy: ['10.0.0.0/8', '::1'],
      admin: { email: 'admin@example.org', password: 'long enough' },
    });
    expect(config.jwtSecret()).toBe(SECRET);
    expect(config.suggestionsKey()).toBe('a key');
    expect(config.redisUrl()).toBe('rediss://app:p%40ss@cache:6380/1');
    expect(config.smtpUrl()).toBe('smtps://post:p%40ss@mail.example.org:465');
  });

  it('seeds the samples by default into the embedded database alone', () => {
    expect(Config.from({ DATABASE_URL: 'postgres://db/stories' }).seedSamples).toBe(false);
    expect(Config.from({}).seedSamples).toBe(true);
    expect(Config.from({ SEED_SAMPLES: 'false' }).seedSamples).toBe(false);
  });

  it('takes a blank variable for one that is not set', () => {
    const blank = { PORT: '', DATABASE_URL: '', JWT_SECRET: '', ADMIN_EMAIL: '', SEED_SAMPLES: '' };
    expect({ ...Config.from(blank) }).toEqual({ ...Config.from({}) });
  });

  it('builds the public address from the port', () => {
    expect(Config.from({ PORT: '81' }).publicUrl).toBe('http://localhost:81');
  });

  it('does not care for variables of others', () => {
    expect(problems({ PATH: '/bin', port: 'x', npm_config_x: '1' })).toEqual([]);
  });

  it('does not show its secret when it is printed', () => {
    const config = Config.from({
      JWT_SECRET: SECRET,
      SMTP_URL: 'smtp://post:hush@mail.example.org',
      REDIS_URL: 'redis://:hush@cache',
      MAIL_FROM: 'stories@example.org',
    });
    expect(JSON.stringify(config)).not.toContain(SECRET);
    expect(JSON.stringify(config)).not.toContain('hush');
  });
});

describe('a wrong variable', () => {
  it.each([
    ['NODE_ENV', 'staging'],
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PUBLIC_URL', 'stories.example:80:90'],
    ['SMTP_URL', 'mail.example.org:25'],
    ['SMTP_URL', 'http://mail.example.org'],
    ['SMTP_URL', 'smtp://'],
    ['MAIL_FROM', 'nobody'],
    ['PUBLIC_URL', 'ftp://stories.example'],
    ['PUBLIC_URL', 'foo'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'a.org'],
    ['CORS_ORIGINS', 'https://a.org/x'],
    ['CORS_ORIGINS', 'https://a.org/'],
    ['CORS_ORIGINS', 'https://a.org,null'],
    ['DATABASE_URL', 'mysql://db/stories'],
    ['DATABASE_URL', 'postgres://db:port/stories'],
    ['DATABASE_POOL_SIZE', '0'],
    ['DATABASE_POOL_SIZE', '151'],
    ['DATABASE_POOL_SIZE', 'many'],
    ['REDIS_URL', 'cache:6379'],
    ['REDIS_URL', 'http://cache:6379'],
    ['REDIS_URL', 'redis://'],
    ['REDIS_URL', 'redis://cache/first'],
    ['ANSWER_CACHE_MB', '-1'],
    ['JOBS', 'nowhere'],
    ['DATABASE_REPLICA_URLS', 'postgresql://one/stories,two'],
    ['DATABASE_REPLICA_LAG_SECONDS', '0'],
    ['DATABASE_DIRECT_URL', 'primary'],
    ['DATABASE_PREPARED', 'sometimes'],
    ['AUTO_MIGRATE', 'yes'],
    ['SAVE_SLOTS', '0'],
    ['PLAY_CACHE_MB', '0'],
    ['SEED_SAMPLES', '1'],
    ['STORAGE_URL', 'https://key:secret@s3.example.org/bucket'],
    ['STORAGE_URL', 's3://s3.example.org/bucket'],
    ['STORAGE_URL', 's3://key:secret@s3.example.org'],
    ['STORAGE_URL', 's3://key:secret@s3.example.org/one/two'],
    ['STORAGE_URL', 's3://key:secret@s3.example.org/bucket?zone=1'],
    ['STORAGE_URL', 's3://key:secret@s3.example.org/bucket?endpoint=minio:9000'],
    ['UPLOAD_GRACE_HOURS', '-1'],
    ['MEDIA_QUOTA_MB', '0'],
    ['UPLOAD_GRACE_HOURS', 'a day'],
    ['PUSH_TO_PRIVATE_ADDRESSES', '1'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', 'nginx'],
    ['TRUST_PROXY', '10.0.0.0/8,'],
    ['TRUST_PROXY', '999.0.0.1'],
    ['JWT_SECRET', 'x'.repeat(31)],
    ['LOG_LEVEL', 'verbose'],
  ])('is named: %s=%s', (name, value) => {
    const lines = problems({ MAIL_FROM: 'stories@example.org', [name]: value });
    expect(namesIn(lines)).toEqual([name]);
  });

  it.each([
    [{ PORT: '-1' }, '  PORT must not be less than 0'],
    [{ LOG_LEVEL: 'verbose' }, '  LOG_LEVEL must be one of the following values: '],
    [{ AUTO_MIGRATE: 'yes' }, '  AUTO_MIGRATE must be true or false'],
    [{ PUBLIC_URL: 'foo' }, '  PUBLIC_URL must be an address with http:// or https://'],
    [{ CORS_ORIGINS: '*' }, '  CORS_ORIGINS must be origins as browsers send them'],
    [{ JWT_SECRET: 'short' }, '  JWT_SECRET must be at least 32 characters'],
    [{ DATABASE_URL: 'db' }, '  DATABASE_URL must start with postgres:// or postgresql://'],
  ])('is told together with what it must be: %j', (variables, message) => {
    const lines = problems(variables);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(message);
    expect(lines[0]!.match(new RegExp(Object.keys(variables)[0]!, 'g'))).toHaveLength(1);
  });

  it('is told along with all others', () => {
    expect(
      namesIn(problems({ PORT: 'x', LOG_LEVEL: 'loud', AUTO_MIGRATE: '?', DATABASE_URL: 'db' })),
    ).toEqual(['PORT', 'DATABASE_URL', 'AUTO_MIGRATE', 'LOG_LEVEL']);
  });

  it('never has its secret value told', () => {
    const [line] = problems({ JWT_SECRET: 'hunter2' });
    expect(line).not.toContain('hunter2');
    expect(problems({ STORAGE_URL: 's3://key:hunter2@host' })[0]).not.toContain('hunter2');
  });
});

describe('in production', () => {
  it('a secret is required', () => {
    expect(problems({ NODE_ENV: 'production' })).toEqual([
      expect.stringMatching(
        /^ {2}JWT_SECRET .*is required in production: set it to at least 32 random characters/,
      ),
    ]);
    expect(problems({ NODE_ENV: 'production', JWT_SECRET: SECRET })).toEqual([]);
  });
});

describe('the first administrator', () => {
  it.each([
    [{ ADMIN_EMAIL: 'admin@example.org' }, 'ADMIN_PASSWORD'],
    [{ ADMIN_PASSWORD: 'long enough' }, 'ADMIN_EMAIL'],
    [{ ADMIN_EMAIL: 'admin', ADMIN_PASSWORD: 'long enough' }, 'ADMIN_EMAIL'],
    [{ ADMIN_EMAIL: 'admin@example.org', ADMIN_PASSWORD: 'short' }, 'ADMIN_PASSWORD'],
    [{ ADMIN_EMAIL: 'admin@example.org', ADMIN_PASSWORD: 'é'.repeat(37) }, 'ADMIN_PASSWORD'],
    [{ ADMIN_EMAIL: 'admin@example.org', ADMIN_PASSWORD: 'é'.repeat(7) }, 'ADMIN_PASSWORD'],
  ])('takes an address and a password of 8 characters to 72 bytes: %j', (variables, name) => {
    expect(namesIn(problems(variables))).toEqual([name]);
  });
});

describe('the secret that is made when none is given', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'talegraph-config-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is kept in the data folder, for its owner alone, and stays the same', () => {
    const dataDir = join(folder, 'data');
    const secret = Config.from({ DATA_DIR: dataDir }).jwtSecret();
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    const file = join(dataDir, 'jwt-secret');
    expect(readFileSync(file, 'utf8')).toBe(secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(Config.from({ DATA_DIR: dataDir }).jwtSecret()).toBe(secret);
  });

  it('differs from folder to folder', () => {
    const [one, other] = ['one', 'other'].map((name) =>
      Config.from({ DATA_DIR: join(folder, name) }).jwtSecret(),
    );
    expect(one).not.toBe(other);
  });
});
