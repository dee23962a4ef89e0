import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { IsString } from 'class-validator';
import { Text } from '../../../graphql/input-rules.js';
import { IsPushKey, IsPushSecret } from './push.rules.js';

@InputType({ description: 'A push subscription, as the browser gives it.' })
export class SubscribePushInput {
  @Field({ description: 'Where messages go: an address of HTTPS, at most 1,000 characters.' })
  @Text(1, 1000)
  endpoint: string;

  @Field({ description: 'Its key `p256dh`, in base64url.' })
  @IsPushKey()
  p256dh: string;

  @Field({ description: 'Its key `auth`, in base64url.' })
  @IsPushSecret()
  auth: string;
}

@ArgsType()
export class UnsubscribePushArgs {
  @Field({ description: 'The endpoint of the subscription.' })
  @IsString()
  endpoint: string;
}
