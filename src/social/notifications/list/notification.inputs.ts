import { ArgsType, Field, ID } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, IsString } from 'class-validator';
import { PageArgs } from '../../../graphql/connection.js';

@ArgsType()
export class NotificationsArgs extends PageArgs {
  @Field({ defaultValue: false, description: 'Only those that are not read.' })
  @IsBoolean()
  unreadOnly: boolean;
}

@ArgsType()
export class MarkNotificationsReadArgs {
  @Field(() => [ID], {
    nullable: true,
    description: 'Which ones: up to 100. Those of others are passed over.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100, { message: 'must be at most 100; use `all`, or several calls' })
  @IsString({ each: true })
  ids?: string[] | null;

  @Field({ defaultValue: false, description: 'All that you have; in place of `ids`.' })
  @IsBoolean()
  all: boolean;
}
