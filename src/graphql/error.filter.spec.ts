import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Param } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ErrorCode } from './error-code.js';
import { ErrorFilter } from './error.filter.js';
import { ApiError } from './errors.js';

@Controller()
class FailingController {
  @Get('fails/:code')
  fail(@Param('code') code: ErrorCode): never {
    throw new ApiError(code, 'It fails.');
  }
}

@Module({
  controllers: [FailingController],
  providers: [{ provide: APP_FILTER, useClass: ErrorFilter }],
})
class FailingModule {}

describe('an error of a route', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await NestFactory.create(FailingModule, new FastifyAdapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
  });
  afterAll(() => app.close());

  it.each([
    ['BAD_USER_INPUT', 400],
    ['UNAUTHENTICATED', 401],
    ['FORBIDDEN', 403],
    ['NOT_FOUND', 404],
    ['CONFLICT', 409],
    ['RATE_LIMITED', 429],
    ['SERVICE_UNAVAILABLE', 503],
  ])('that is %s has status %i', async (code, status) => {
    const response = await fetch(`${await app.getUrl()}/fails/${code}`);
    expect({ status: response.status, body: await response.json() }).toEqual({
      status,
      body: { code, message: 'It fails.' },
    });
  });
});
