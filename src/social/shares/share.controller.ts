import { Controller, Get, Headers, HttpStatus, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { Cards } from './cards/cards.js';
import { Previews } from './previews.js';
import type { Preview } from './preview.js';
import type { ShareEntity } from './share.entity.js';
import { gonePage, pagePolicy, sharePage } from './share.page.js';
import { ShareRepository } from './share.repository.js';
import { ShareService } from './share.service.js';
import { Visits } from './visits.js';

/** How long a picture may be kept without asking, in seconds: so long may one be seen after its link was revoked. */
const CARD_SECONDS = 86_400;

/** The pages that links lead to, and their pictures, for whoever has the address. */
@Controller('s')
export class ShareController {
  constructor(
    private readonly config: Config,
    private readonly service: ShareService,
    private readonly shares: ShareRepository,
    private readonly previews: Previews,
    private readonly cards: Cards,
    private readonly visits: Visits,
  ) {}

  @Get(':key')
  @AccessFor(Access.Anonymous)
  async page(
    @Param('key') key: string,
    @Req() { method }: FastifyRequest,
    @Headers('user-agent') userAgent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    void reply.headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': pagePolicy(new URL(this.config.publicUrl).origin),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    });
    const found = await this.#find(key, reply);
    if (found === undefined) return gonePage();
    if (method === 'GET') this.visits.count(found.share.shareId, userAgent);
    const page = this.service.url(key);
    const { webUrl } = this.config;
    const play = webUrl && `${webUrl}/stories/${found.preview.slug}`;
    return sharePage(found.preview, { page, card: `${page}/card.png`, play });
  }

  @Get(':key/card.png')
  @AccessFor(Access.Anonymous)
  async card(
    @Param('key') key: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    void reply.headers({
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    const found = await this.#find(key, reply);
    if (found === undefined) return undefined;
    const etag = this.cards.etag(found.preview);
    void reply.headers({ etag, 'cache-control': `public, max-age=${CARD_SECONDS}` });
    // One of a list, or as a weak one, as proxies send it.
    if (known?.includes(etag)) {
      void reply.status(HttpStatus.NOT_MODIFIED);
      return undefined;
    }
    void reply.header('content-type', 'image/png');
    return this.cards.get(found.preview);
  }

  /** Answers 404 where there is no such link, and 410 while its story is not published. */
  async #find(
    key: string,
    reply: FastifyReply,
  ): Promise<{ share: ShareEntity; preview: Preview } | undefined> {
    const share = await this.shares.findByKey(key);
    const preview = share === null ? undefined : await this.previews.of(share);
    if (share !== null && preview !== undefined) return { share, preview };
    void reply.status(share === null ? HttpStatus.NOT_FOUND : HttpStatus.GONE);
    return undefined;
  }
}
