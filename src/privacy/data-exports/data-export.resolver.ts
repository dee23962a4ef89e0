import { Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DataExportService } from './data-export.service.js';
import { DataExport } from './data-export.type.js';

@Resolver(() => DataExport)
export class DataExportResolver {
  constructor(private readonly service: DataExportService) {}

  @Mutation(() => DataExport, {
    description:
      'Writes all that is kept of you into a JSON file, in the background: ask for dataExports until it is DONE. While one is being written, this gives that one.',
  })
  @AccessFor(Access.SignedIn)
  requestDataExport(@CurrentViewer() viewer: Viewer): Promise<DataExport> {
    return this.service.request(viewer);
  }

  @Query(() => [DataExport], {
    description: 'The files with your data, newest first. Each is deleted after seven days.',
  })
  @AccessFor(Access.SignedIn)
  dataExports(@CurrentViewer() viewer: Viewer): Promise<DataExport[]> {
    return this.service.list(viewer);
  }
}
