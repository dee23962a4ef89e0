import { Field, ID, InputType, Int, PartialType } from '@nestjs/graphql';
import { IsInt, IsOptional, Min } from 'class-validator';
import { RefusedByService } from '../../graphql/input-faults.js';
import { IdOf, MayBeOmitted, Text, Trim } from '../../graphql/input-rules.js';
import { LONGEST } from '../../engine/core/limits.js';
import { ChoiceRuleFields } from '../rules/rule.inputs.js';

@InputType({ isAbstract: true })
class ChoiceFields extends ChoiceRuleFields {
  @Field({ description: 'What the reader may choose: at most 500 characters.' })
  @Trim()
  @Text(1, LONGEST.text)
  text: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The node it leads to; null while that is open.',
  })
  @IsOptional()
  @IdOf('node')
  toNodeId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the reader is told after choosing: at most 2,000 characters.',
  })
  @IsOptional()
  @Trim()
  @Text(0, LONGEST.consequences)
  consequences?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Its place among the choices, from 1; the others make room. A new choice comes last when it is left out.',
  })
  @MayBeOmitted()
  @IsInt()
  @Min(1, { message: 'must be 1 or more' })
  order?: number;
}

@RefusedByService()
@InputType({ description: 'A new choice.' })
export class AddChoiceInput extends ChoiceFields {}

@RefusedByService()
@InputType({ description: 'What to change of a choice; what is left out stays.' })
export class UpdateChoiceInput extends PartialType(ChoiceFields, { skipNullProperties: false }) {
  @Field(() => Int, { description: 'The revision that the change was made on.' })
  @IsInt()
  revision: number;
}
