import { Field, ID, InputType } from '@nestjs/graphql';
import { IsString } from 'class-validator';
import { Text, Trim } from '../../graphql/input-rules.js';

@InputType({ description: 'A place in a playthrough to come back to.' })
export class SaveGameInput {
  @Field(() => ID, { description: 'The playthrough, where it stands now.' })
  @IsString()
  progressId: string;

  @Field({
    description: 'What to call it: 1 to 100 characters. A save of that name is written over.',
  })
  @Trim()
  @Text(1, 100)
  name: string;
}
