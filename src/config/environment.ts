import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const AsNumber = () => Transform(({ value }) => (value === undefined ? undefined : Number(value)));
const AsBoolean = () =>
  Transform(({ value }) =>
    value === 'true' ? true : value === 'false' ? false : (value as unknown),
  );

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
  @IsUrl({ require_tld: false, protocols: ['http', 'https'] })
  PUBLIC_URL?: string;

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'must start with postgres:// or postgresql://' })
  DATABASE_URL?: string;

  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(500)
  DATABASE_POOL_SIZE = 20;

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

  @IsIn(LOG_LEVELS)
  LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'info';

  @IsString()
  CORS_ORIGINS = '';

  @AsBoolean()
  @IsBoolean({ message: 'must be true or false' })
  TRUST_PROXY = false;

  @ValidateIf(
    (env: Environment) => env.ADMIN_PASSWORD !== undefined || env.ADMIN_EMAIL !== undefined,
  )
  @IsEmail({}, { message: 'must be an e-mail address (it goes together with ADMIN_PASSWORD)' })
  ADMIN_EMAIL?: string;

  @ValidateIf(
    (env: Environment) => env.ADMIN_EMAIL !== undefined || env.ADMIN_PASSWORD !== undefined,
  )
  @Length(8, 72, { message: 'must have 8 to 72 characters (it goes together with ADMIN_EMAIL)' })
  ADMIN_PASSWORD?: string;
}
