import { Field, InputType } from '@nestjs/graphql';
import { IsBoolean, IsString } from 'class-validator';
import { MayBeOmitted } from '../../graphql/input-rules.js';
import { IsEmailAddress, IsPassword, IsTimeZone, IsUsername } from '../auth.rules.js';

@InputType({ description: 'What to change of the profile; what is left out stays.' })
export class UpdateProfileInput {
  @Field({ nullable: true, description: 'A new unique name.' })
  @MayBeOmitted()
  @IsUsername()
  username?: string;

  @Field({ nullable: true, description: 'A new e-mail address.' })
  @MayBeOmitted()
  @IsEmailAddress()
  email?: string;

  @Field({
    nullable: true,
    description: 'The password in force; needed for another e-mail address, and for nothing else.',
  })
  @MayBeOmitted()
  @IsString()
  currentPassword?: string;

  @Field({ nullable: true, description: 'The IANA time zone, such as Europe/Oslo.' })
  @MayBeOmitted()
  @IsTimeZone()
  timezone?: string;

  @Field({ nullable: true, description: 'Whether others find you on no leaderboard.' })
  @MayBeOmitted()
  @IsBoolean()
  hideFromLeaderboards?: boolean;
}

@InputType({ description: 'The old password and the new one.' })
export class ChangePasswordInput {
  @Field({ description: 'The password in force.' })
  @IsString()
  currentPassword: string;

  @Field({ description: 'The new one: 8 characters or more, at most 72 bytes.' })
  @IsPassword()
  newPassword: string;
}

/** A password that comes by the command line. */
export class NewPassword {
  @IsPassword()
  password: string;
}
