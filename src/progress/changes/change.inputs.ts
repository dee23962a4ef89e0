import { Field, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMinSize, IsInt, IsString, Max, Min, ValidateNested } from 'class-validator';
import type { Value } from '../../engine/core/definition.js';
import { AtMost } from '../../nodes/declarations/declaration.rules.js';
import { ValueScalar } from '../../nodes/declarations/value.scalar.js';
import { LONGEST_PATH } from '../playthroughs/progress.inputs.js';

@InputType({ isAbstract: true })
class ChangeFields {
  @Field(() => Int, {
    description:
      'The `step` of the playthrough that the reader has before them: it makes the call safe to repeat.',
  })
  @IsInt()
  @Min(0, { message: 'must be 0 or more' })
  step: number;
}

@InputType({ description: 'How far to go back.' })
export class UndoInput extends ChangeFields {
  @Field(() => Int, { defaultValue: 1, description: 'How many choices to take back.' })
  @IsInt()
  @Min(1, { message: 'must be 1 or more' })
  @Max(LONGEST_PATH)
  choices: number;
}

@InputType({ description: 'A variable and what it is to hold.' })
export class VariableValueInput {
  @Field({ description: 'The name of a variable that readers may set.' })
  @IsString()
  name: string;

  @Field(() => ValueScalar, { description: 'What it is to hold, of its type and in its bounds.' })
  value: Value;
}

@InputType({ description: 'The variables to set.' })
export class SetVariablesInput extends ChangeFields {
  @Field(() => [VariableValueInput], { description: 'The variables: 1 to 50.' })
  @ArrayMinSize(1, { message: 'must name a variable' })
  @AtMost(50, 'variables')
  @ValidateNested({ each: true })
  @Type(() => VariableValueInput)
  variables: VariableValueInput[];
}
