import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayUnique, IsBoolean, IsEnum, IsOptional, ValidateNested } from 'class-validator';
import { MayBeOmitted } from '../../../graphql/input-rules.js';
import { NotificationKind } from '../list/notification.type.js';
import { DigestFrequency } from './preference.type.js';

@InputType({ description: 'How to be told of one kind; what is left out stays.' })
export class NotificationChannelsInput {
  @Field(() => NotificationKind, { description: 'The kind.' })
  @IsEnum(NotificationKind)
  kind: NotificationKind;

  @Field({ nullable: true, description: 'Whether it shall stand in `notifications`.' })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  inApp?: boolean;

  @Field({ nullable: true, description: 'Whether it shall be mailed.' })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  email?: boolean;

  @Field({ nullable: true, description: 'Whether it shall be pushed.' })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  push?: boolean;
}

@InputType({ description: 'How to be told of what happens; what is left out stays.' })
export class UpdateNotificationPreferencesInput {
  @Field(() => [NotificationChannelsInput], {
    nullable: true,
    description: 'Kinds to change, each once.',
  })
  @IsOptional()
  @ArrayUnique(({ kind }: NotificationChannelsInput) => kind, { message: 'has a kind twice' })
  @ValidateNested({ each: true })
  @Type(() => NotificationChannelsInput)
  kinds?: NotificationChannelsInput[] | null;

  @Field(() => DigestFrequency, {
    nullable: true,
    description: 'How often to get a digest by mail, to your address once that is confirmed.',
  })
  @MayBeOmitted()
  @IsEnum(DigestFrequency, { message: 'must not be null; leave it out' })
  digest?: DigestFrequency;
}
