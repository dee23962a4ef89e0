import { isIP } from 'node:net';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsByteLength,
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUrl,
  Max,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { parseStorageUrl } from './storage-url.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const AsNumber = () => Transform(({ value }) => (value === undefined ? undefined : Number(value)));
const AsBoolean = () =>
  Transform(({ value }) =>
    value === 'true' ? true : value === 'false' ? false : (value as unknown),
  );

const IsWebAddress = (example: string) =>
  IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    { message: `must be an address with http:// or https://, as in ${example}` },
  );

const IsPostgresUrl = () =>
  ValidateBy(
    {
      name: 'isPostgresUrl',
      validator: {
        validate: (url: unknown) => typeof url === 'string' && isPostgresUrl(url),
      },
    },
    {
      message:
        'must start with postgres:// or postgresql://, as in postgresql://user:password@host:5432/name',
    },
  );

/** The parts of a list that is separated by commas. */
export const partsOf = (list: string): string[] =>
  list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const isPostgresUrl = (url: string) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url);

const IsPostgresUrlList = () =>
  ValidateBy(
    {
      name: 'isPostgresUrlList',
      validator: {
        validate: (list: unknown) => typeof list === 'string' && partsOf(list).every(isPostgresUrl),
      },
    },
    {
      message:
        'must be addresses of replicas, separated by commas: postgres:// or postgresql://, as in postgresql://user:password@replica:5432/name, with %-escapes in user and password',
    },
  );

const IsStorageUrl = () =>
  ValidateBy(
    {
      name: 'isStorageUrl',
      validator: {
        validate: (url: unknown) => typeof url === 'string' && parseStorageUrl(url) !== undefined,
      },
    },
    {
      message:
        'must be a bucket, as in s3://key:secret@s3.example.org/bucket?region=eu-central-1, with %-escapes in key and secret',
    },
  );

const IsSmtpUrl = () =>
  ValidateBy(
    {
      name: 'isSmtpUrl',
      validator: {
        validate: (url: unknown) =>
          typeof url === 'string' &&
          /^smtps?:\/\//.test(url) &&
          URL.canParse(url) &&
          new URL(url).hostname !== '',
      },
    },
    {
      message:
        'must start with smtp:// or smtps://, as in smtps://user:password@mail.example.org:465, with %-escapes in user and password',
    },
  );

const IsRedisUrl = () =>
  ValidateBy(
    {
      name: 'isRedisUrl',
      validator: {
        validate: (url: unknown) =>
          typeof url === 'string' &&
          /^rediss?:\/\//.test(url) &&
          URL.canParse(url) &&
          new URL(url).hostname !== '' &&
          /^(\/\d*)?$/.test(new URL(url).pathname),
      },
    },
    {
      message:
        'must start with redis:// or rediss://, as in redis://user:password@cache.example.org:6379/0, with %-escapes in user and password',
    },
  );

const IsAddressList = () =>
  ValidateBy(
    {
      name: 'isAddressList',
      validator: {
        validate: (list: unknown) =>
          typeof list === 'string' && (list === '' || list.split(',').every(isNetwork)),
      },
    },
    { message: 'must be the addresses of the proxies in front, as in 10.0.0.0/8,127.0.0.1' },
  );

const IsOriginList = () =>
  ValidateBy(
    {
      name: 'isOriginList',
      validator: {
        validate: (list: unknown) => typeof list === 'string' && partsOf(list).every(isOrigin),
      },
    },
    {
      message:
        'must be origins as browsers send them, separated by commas: http:// or https:// and a host, without "*", a path or a "/" behind, as in https://app.example.org,http://localhost:5173',
    },
  );

const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;

/** An address, or a network in CIDR notation. */
function isNetwork(text: string): boolean {
  const [address = '', prefix = '0', ...rest] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  return (
    isIP(address) !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits && rest.length === 0
  );
}

/** The environment variables that Talegraph reads, with their defaults and rules. */
export class Environment {
  @IsIn(['development', 'test', 'production'])
  NODE_ENV: 'development' | 'test' | 'production' = 'development';

  @AsNumber()
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 3000;

  @IsString()
  HOST = '127.0.0.1';

  @IsOptional()
  @IsWebAddress('https://stories.example.org')
  PUBLIC_URL?: string;

  @IsOptional()
  @IsWebAddress('https://play.example.org')
  WEB_URL?: string;

  @IsOptional()
  @IsPostgresUrl()
  DATABASE_URL?: string;

  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(150)
  DATABASE_POOL_SIZE = 10;

  @IsOptional()
  @IsRedisUrl()
  REDIS_URL?: string;

  @AsNumber()
  @IsInt()
  @Min(0)
  @Max(100_000)
  ANSWER_CACHE_MB = 64;

  @IsOptional()
  @IsPostgresUrl()
  DATABASE_DIRECT_URL?: string;

  @AsBoolean()
  @IsBoolean({ message: 'must be true or false' })
  DATABASE_PREPARED = true;

  @IsPostgresUrlList()
  DATABASE_REPLICA_URLS = '';

  @AsNumber()
  @IsNumber()
  @Min(1)
  @Max(3600)
  DATABASE_REPLICA_LAG_SECONDS = 5;

  @IsIn(['here', 'elsewhere'])
  JOBS: 'here' | 'elsewhere' = 'here';

  @IsString()
  DATA_DIR = './data';

  @AsBoolean()
  @IsBoolean({ message: 'must be true or false' })
  AUTO_MIGRATE = true;

  @IsOptional()
  @AsBoolean()
  @IsBoolean({ message: 'must be true or false' })
  SEED_SAMPLES?: boolean;

  @ValidateIf((env: Environment) => env.NODE_ENV === 'production' || env.JWT_SECRET !== undefined)
  @IsString({ message: 'is required in production: set it to at least 32 random characters' })
  @MinLength(32, { message: 'must be at least 32 characters' })
  JWT_SECRET?: string;

  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(1000)
  SAVE_SLOTS = 20;

  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(65_536)
  PLAY_CACHE_MB = 64;

  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(1000)
  ANALYTICS_MIN_READERS = 5;

  @IsOptional()
  @IsStorageUrl()
  STORAGE_URL?: string;

  @AsNumber()
  @IsNumber()
  @Min(0)
  @Max(8760)
  UPLOAD_GRACE_HOURS = 24;

  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  MEDIA_QUOTA_MB = 2000;

  @IsOptional()
  @IsSmtpUrl()
  SMTP_URL?: string;

  @ValidateIf((env: Environment) => env.SMTP_URL !== undefined || env.MAIL_FROM !== undefined)
  @IsEmail(
    { allow_display_name: true },
    {
      message:
        'must be the address that mails come from, as in Talegraph <stories@example.org> (it goes together with SMTP_URL)',
    },
  )
  MAIL_FROM?: string;

  @AsBoolean()
  @IsBoolean({ message: 'must be true or false' })
  PUSH_TO_PRIVATE_ADDRESSES = false;

  @IsOptional()
  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    {
      message:
        'must be the address of an API like OpenAI’s, up to its version, as in https://api.example.org/v1',
    },
  )
  SUGGESTIONS_URL?: string;

  @IsOptional()
  @IsString()
  SUGGESTIONS_KEY?: string;

  @ValidateIf((env: Environment) => env.SUGGESTIONS_URL !== undefined)
  @IsString({ message: 'must name a model (it goes together with SUGGESTIONS_URL)' })
  SUGGESTIONS_MODEL?: string;

  @AsNumber()
  @IsNumber()
  @Min(0.1)
  @Max(120)
  SUGGESTIONS_TIMEOUT_SECONDS = 20;

  @IsIn(['jit', 'js'])
  GRAPHQL_EXECUTOR: 'jit' | 'js' = 'jit';

  @IsIn(LOG_LEVELS)
  LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'info';

  @IsOriginList()
  CORS_ORIGINS = '';

  @IsAddressList()
  TRUST_PROXY = '';

  @ValidateIf(
    (env: Environment) => env.ADMIN_PASSWORD !== undefined || env.ADMIN_EMAIL !== undefined,
  )
  @IsEmail({}, { message: 'must be an e-mail address (it goes together with ADMIN_PASSWORD)' })
  ADMIN_EMAIL?: string;

  @ValidateIf(
    (env: Environment) => env.ADMIN_EMAIL !== undefined || env.ADMIN_PASSWORD !== undefined,
  )
  @MinLength(8, { message: 'must have 8 characters or more (it goes together with ADMIN_EMAIL)' })
  @IsByteLength(0, 72, { message: 'must have at most 72 bytes' })
  ADMIN_PASSWORD?: string;
}
