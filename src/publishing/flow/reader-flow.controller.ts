import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendReady, sendUnchanged } from '../../answers/ready-answer.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { isIdOf, decodeId } from '../../graphql/ids.js';
import { noSuchStory } from '../../stories/story.errors.js';
import { ReaderFlows } from './reader-flows.js';

/** Gives readers the whole of a published story at once. */
@Controller('stories')
export class ReaderFlowController {
  constructor(private readonly flows: ReaderFlows) {}

  @Get(':id/flow.json')
  @AccessFor(Access.Public)
  async flow(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!isIdOf('story', id)) throw noSuchStory();
    const versionId = await this.flows.versionOf(decodeId('story', id, 'id'));
    const etag = this.flows.etagOf(versionId);
    if (etag !== undefined && sendUnchanged(request, reply, etag)) return;
    sendReady(request, reply, await this.flows.ofVersion(versionId));
  }
}
