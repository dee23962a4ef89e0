import { ArgsType, Field } from '@nestjs/graphql';
import { IsString } from 'class-validator';
import { IsEmailAddress, IsPassword } from '../auth.rules.js';

@ArgsType()
export class RequestPasswordResetArgs {
  @Field({ description: 'The e-mail address of the account.' })
  @IsEmailAddress()
  email: string;
}

@ArgsType()
export class ResetPasswordArgs {
  @Field({ description: 'What stands behind `?token=` in the link of the mail.' })
  @IsString()
  token: string;

  @Field({ description: 'The new password: 8 characters or more, at most 72 bytes.' })
  @IsPassword()
  newPassword: string;
}
