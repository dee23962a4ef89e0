import { Field, InputType } from '@nestjs/graphql';
import { IsString, Length } from 'class-validator';
import { Trim } from '../../graphql/input-rules.js';
import { IsEmailAddress, IsPassword, IsUsername } from '../auth.rules.js';

@InputType({ description: 'A new account.' })
export class RegisterInput {
  @Field({ description: 'A unique name: 3 to 30 letters, digits, _ or -.' })
  @IsUsername()
  username: string;

  @Field({ description: 'An e-mail address that has no account yet.' })
  @IsEmailAddress()
  email: string;

  @Field({ description: 'A password: 8 characters or more, at most 72 bytes.' })
  @IsPassword()
  password: string;
}

@InputType({ description: 'Who signs in.' })
export class LoginInput {
  @Field({ description: 'The name or the e-mail address of the account.' })
  @Trim()
  @Length(1, 254, { message: 'must be a name or an e-mail address' })
  identifier: string;

  @Field({ description: 'The password.' })
  @IsString()
  password: string;
}
