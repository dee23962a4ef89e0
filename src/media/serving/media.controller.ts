import { Controller, Get, Headers, HttpStatus, Param, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access, AccessFor } from '../../graphql/access.js';
import { MediaFiles } from '../library/media-files.js';
import { noSuchMedia } from '../library/media.errors.js';
import { rangeOf } from './byte-range.js';

/** What holds for every file: it never changes, others may show it, and it runs nothing, whatever is in it. */
const HEADERS = {
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
  'accept-ranges': 'bytes',
};

/** Serves media to whoever has their address. */
@Controller('media')
export class MediaController {
  constructor(private readonly files: MediaFiles) {}

  @Get(':key/:variant')
  @AccessFor(Access.Anonymous)
  async serve(
    @Param('key') key: string,
    @Param('variant') variant: string,
    @Headers('range') wanted: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await this.files.find(key, variant);
    if (file === undefined) throw noSuchMedia();
    const range = rangeOf(wanted, file.size);
    const { start, end } = range ?? { start: 0, end: file.size - 1 };
    void reply.headers(HEADERS);
    if (range !== undefined) {
      void reply
        .status(HttpStatus.PARTIAL_CONTENT)
        .header('content-range', `bytes ${start}-${end}/${file.size}`);
    }
    return new StreamableFile(await this.files.stream(file, range), {
      type: file.contentType,
      length: end - start + 1,
    });
  }
}
