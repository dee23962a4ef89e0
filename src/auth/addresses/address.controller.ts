import { Body, Controller, Get, HttpStatus, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access, AccessFor } from '../../graphql/access.js';
import { ApiError } from '../../graphql/errors.js';
import { checkInput } from '../../graphql/input-pipe.js';
import { ThrottleSignIn } from '../sessions/sign-in-throttle.js';
import { ResetPasswordArgs } from './address.inputs.js';
import { confirmationPage, outcomePage, PAGE_HEADERS, resetPage } from './address.page.js';
import { AddressService } from './address.service.js';

/** The pages that the links of mails to addresses lead to. The token is what proves that whoever sends a form may. */
@Controller()
export class AddressController {
  constructor(private readonly service: AddressService) {}

  @Get('confirm-email')
  @AccessFor(Access.Anonymous)
  askToConfirm(
    @Query('token') token: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    void reply.headers(PAGE_HEADERS);
    return confirmationPage(textOf(token));
  }

  @Post('confirm-email')
  @AccessFor(Access.Anonymous)
  async confirm(
    @Body('token') token: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return answer(
      reply,
      async () => {
        await this.service.confirm(textOf(token));
        return outcomePage('Your e-mail address is confirmed', 'You can close this page.');
      },
      (problem) => outcomePage('Your e-mail address is not confirmed', problem),
    );
  }

  @Get('reset-password')
  @AccessFor(Access.Anonymous)
  askForPassword(
    @Query('token') token: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    void reply.headers(PAGE_HEADERS);
    return resetPage(textOf(token));
  }

  @Post('reset-password')
  @AccessFor(Access.Anonymous)
  @ThrottleSignIn()
  async reset(
    @Body('token') token: unknown,
    @Body('newPassword') newPassword: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return answer(
      reply,
      async () => {
        const input = { token: textOf(token), newPassword: textOf(newPassword) };
        await checkInput(ResetPasswordArgs, Object.assign(new ResetPasswordArgs(), input));
        await this.service.reset(input.token, input.newPassword);
        return outcomePage(
          'Your password is set',
          'Sign in with it: all your sessions have ended.',
        );
      },
      (problem) => resetPage(textOf(token), problem),
    );
  }
}

/** A page of what has been done, or of why it was refused. */
async function answer(
  reply: FastifyReply,
  work: () => Promise<string>,
  refused: (problem: string) => string,
): Promise<string> {
  void reply.headers(PAGE_HEADERS).status(HttpStatus.OK);
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    void reply.status(HttpStatus.BAD_REQUEST);
    return refused(error.message);
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
