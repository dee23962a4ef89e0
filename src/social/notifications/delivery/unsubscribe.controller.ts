import { Controller, Get, Header, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { Access, AccessFor } from '../../../graphql/access.js';
import { PreferenceService } from '../preferences/preference.service.js';
import { topicOf } from '../texts.js';
import { UNSUBSCRIBE_PATH, UnsubscribeLinks } from './unsubscribe-links.js';

const HTML = 'text/html; charset=utf-8';

/** What the links in mails lead to. Whoever has one may use it: mail programs do, with one click (RFC 8058). */
@Controller(UNSUBSCRIBE_PATH)
export class UnsubscribeController {
  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly preferences: PreferenceService,
  ) {}

  /** Asks first: programs that look through mails follow links without anybody’s word. */
  @Get()
  @AccessFor(Access.Anonymous)
  @Header('content-type', HTML)
  ask(
    @Query('user') user = '',
    @Query('about') about = '',
    @Query('signature') signature = '',
  ): string {
    const asked = this.links.read(user, about, signature);
    return page(
      `<p>Do you want no more mails about ${topicOf(asked.about)}?</p>
       <form method="post"><button>Stop them</button></form>`,
    );
  }

  @Post()
  @AccessFor(Access.Anonymous)
  @HttpCode(HttpStatus.OK)
  @Header('content-type', HTML)
  async end(
    @Query('user') user = '',
    @Query('about') about = '',
    @Query('signature') signature = '',
  ): Promise<string> {
    const ended = this.links.read(user, about, signature);
    await this.preferences.endMails(ended.userId, ended.about);
    return page(`<p>You get no more mails about ${topicOf(ended.about)}.</p>`);
  }
}

const page = (body: string) =>
  `<!doctype html><html lang="en"><title>Mails of Talegraph</title><body>${body}</body></html>`;
