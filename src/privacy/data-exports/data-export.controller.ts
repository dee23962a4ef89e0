import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { Access, AccessFor } from '../../graphql/access.js';
import { DataExportService } from './data-export.service.js';

/** Gives data exports to whoever has a link to them. */
@Controller('data-exports')
export class DataExportController {
  constructor(private readonly service: DataExportService) {}

  @Get()
  @AccessFor(Access.Anonymous)
  @Header('cache-control', 'private, no-store')
  @Header('x-content-type-options', 'nosniff')
  async get(@Query('token') token: unknown): Promise<StreamableFile> {
    const { stream, size } = await this.service.follow(String(token));
    return new StreamableFile(stream, {
      type: 'application/json; charset=utf-8',
      length: size,
      disposition: 'attachment; filename="talegraph-data.json"',
    });
  }
}
