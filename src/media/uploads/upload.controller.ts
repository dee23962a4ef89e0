import type { Readable } from 'node:stream';
import { Controller, Header, HttpCode, HttpStatus, Param, Put, Query, Req } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
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
    // Not as a body, which the pipe for inputs would take apart to check it.
    @Req() { body }: FastifyRequest,
    @Query('expires') expires = '',
    @Query('signature') signature = '',
  ): Promise<void> {
    return this.service.receive({ token, expires: Number(expires), signature }, body as Readable);
  }
}

/** Hands uploads on as they come, of whatever type clients call them, rather than reading them whole first. */
export function streamUploads(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(UPLOAD_TYPE, (_request, body, done) => {
    done(null, body);
  });
  fastify.addHook('onRequest', ({ headers, method, url }, _reply, done) => {
    if (method === 'PUT' && url.startsWith('/uploads/')) headers['content-type'] = UPLOAD_TYPE;
    done();
  });
}
