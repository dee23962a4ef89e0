import { Global, Module } from '@nestjs/common';
import { MailTransport } from './mail-transport.js';
import { Mailer } from './mailer.js';

@Global()
@Module({ providers: [MailTransport, Mailer], exports: [Mailer] })
export class MailModule {}
