import type { Readable } from 'node:stream';
import { Body, Controller, Header, HttpCode, HttpStatus, Param, Put, Query } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Access, AccessFor } from '../../graphql/access.js';
import { UPLOAD_TYPE } from './upload.type.js';
import { UploadService } from './upload.service.js';

/** Takes uploads to the local disk. Whoever has the signed address may use it, so no token is looked at. */
@Controller('uploads')
export class UploadController {
  constructor(private readonly service: UploadService) {}

  @Put(':token/bytes')
  @AccessFor(Access.Anonymous)
  @HttpCode(HttpStatus.NO_CONTENT)
  // What is refused is not read to its end, so that nothing else can follow on this connection.
  @Header('Connection', 'close')
  receive(
    @Param('token') token: string,
    @Body() body: Readable,
    @Query('expires') expires = '',
    @Query('signature') signature = '',
  ): Promise<void> {
    return this.service.receive({ token, expires: Number(expires), signature }, body);
  }
}

/** Hands uploads on as they come, rather than reading them whole first. */
export function streamUploads(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(UPLOAD_TYPE, (_request, body, done) => {
    done(null, body);
  });
}
