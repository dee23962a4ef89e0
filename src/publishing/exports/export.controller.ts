import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { Access, AccessFor } from '../../graphql/access.js';
import { contentDisposition } from './export-file.js';
import { ExportService } from './export.service.js';

/** Gives exported files to whoever has a link to them. */
@Controller('exports')
export class ExportController {
  constructor(private readonly service: ExportService) {}

  @Get()
  @AccessFor(Access.Anonymous)
  @Header('cache-control', 'private, no-store')
  @Header('content-security-policy', "default-src 'none'; sandbox")
  @Header('x-content-type-options', 'nosniff')
  async get(@Query('token') token: unknown): Promise<StreamableFile> {
    const { filename, mediaType, size, stream } = await this.service.follow(String(token));
    return new StreamableFile(stream(), {
      type: mediaType,
      length: size,
      disposition: contentDisposition(filename),
    });
  }
}
