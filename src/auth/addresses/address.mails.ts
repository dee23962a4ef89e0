import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Mail } from '../../mail/mail.js';
import { Mailer } from '../../mail/mailer.js';
import { hashOf, newToken } from '../tokens.js';
import { UserRepository } from '../users/user.repository.js';
import type { AddressPurpose } from './address-token.entity.js';
import { AddressTokenRepository, type AddressOwner } from './address-token.repository.js';

const CONFIRM = 'confirm-address';
const CHANGED = 'address-changed';
const RESET = 'reset-password';

/** How long what is sent to an address can be used, in hours. */
const HOURS: Readonly<Record<AddressPurpose, number>> = { confirm: 24, reset: 1 };

/** The mails to addresses of accounts. Their tokens are made when they are written: only hashes are ever stored. */
@Injectable()
export class AddressMails implements OnModuleInit {
  constructor(
    private readonly mailer: Mailer,
    private readonly users: UserRepository,
    private readonly tokens: AddressTokenRepository,
  ) {}

  onModuleInit(): void {
    this.mailer.handle<AddressOwner>(CONFIRM, (owner) => this.#confirmation(owner));
    this.mailer.handle<AddressOwner>(CHANGED, (former) => this.#change(former));
    this.mailer.handle<{ email: string }>(RESET, ({ email }) => this.#reset(email));
  }

  sendConfirmation({ userId, email }: AddressOwner): Promise<void> {
    return this.mailer.send(CONFIRM, { userId, email });
  }

  /** Tells it at the address that an account had before. */
  sendChange({ userId, email }: AddressOwner): Promise<void> {
    return this.mailer.send(CHANGED, { userId, email });
  }

  /** Sends nothing where no account has the address; only the background finds that out. */
  sendReset(email: string): Promise<void> {
    return this.mailer.send(RESET, { email });
  }

  async #confirmation(owner: AddressOwner): Promise<Mail | undefined> {
    const user = await this.users.findById(owner.userId);
    if (user?.email !== owner.email || user.emailConfirmedAt !== null) return undefined;
    const token = await this.#newToken(owner, 'confirm');
    return {
      to: owner.email,
      subject: 'Confirm your e-mail address',
      paragraphs: [
        `Hello ${user.username},`,
        `please confirm that this is your e-mail address. The link works once, for ${HOURS.confirm} hours.`,
        'If you have no account with us, somebody mistyped their address: you need not do anything.',
      ],
      links: [
        { label: 'Confirm the address', path: `/confirm-email?token=${token}`, isServed: true },
      ],
    };
  }

  async #change({ userId, email }: AddressOwner): Promise<Mail | undefined> {
    const user = await this.users.findById(userId);
    if (user === null) return undefined;
    return {
      to: email,
      subject: 'Your e-mail address was changed',
      paragraphs: [
        `Hello ${user.username},`,
        'your account has another e-mail address from now on; mails no longer go to this one.',
        'If it was not you who changed it, change your password at once, and tell whoever runs this server.',
      ],
    };
  }

  async #reset(identifier: string): Promise<Mail | undefined> {
    const user = await this.users.findByIdentifier(identifier);
    if (user?.email == null) return undefined;
    const { userId, email, username } = user;
    const token = await this.#newToken({ userId, email }, 'reset');
    return {
      to: email,
      subject: 'Set a new password',
      paragraphs: [
        `Hello ${username},`,
        `somebody, hopefully you, asked for a new password. The link works once, for ${HOURS.reset} hour.`,
        'If it was not you, you need not do anything: the password stays as it is.',
      ],
      links: [
        { label: 'Set a new password', path: `/reset-password?token=${token}`, isServed: true },
      ],
    };
  }

  async #newToken(owner: AddressOwner, purpose: AddressPurpose): Promise<string> {
    const token = newToken();
    const expiresAt = new Date(Date.now() + HOURS[purpose] * 3_600_000);
    await this.tokens.insert({ ...owner, purpose, tokenHash: hashOf(token), expiresAt });
    return token;
  }
}
