import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { encodeId } from '../../graphql/ids.js';
import { ValueScalar } from '../../nodes/declarations/value.scalar.js';
import type { Value } from '../core/definition.js';
import type {
  Witness as WitnessDefinition,
  WitnessStep as StepDefinition,
} from '../core/prover/witness.js';

export enum WitnessAnswer {
  RIGHT = 'right',
  WRONG = 'wrong',
}

registerEnumType(WitnessAnswer, {
  name: 'WitnessAnswer',
  description: 'How to answer a puzzle.',
  valuesMap: {
    RIGHT: { description: 'With one of its right answers.' },
    WRONG: { description: 'With anything else.' },
  },
});

@ObjectType({
  description:
    'One step of a play that proves something: a choice, or variables set by the reader.',
})
export class WitnessStep {
  @Field(() => ID, {
    nullable: true,
    description: 'The choice to make; null where a variable is set.',
  })
  choiceId: string | null;

  @Field(() => Int, { nullable: true, description: 'What the dice of its check show in sum.' })
  dice: number | null;

  @Field(() => WitnessAnswer, { nullable: true, description: 'How to answer, if it is a puzzle.' })
  answer: WitnessAnswer | null;

  @Field(() => String, { nullable: true, description: 'The variable that the reader sets.' })
  variable: string | null;

  @Field(() => ValueScalar, { nullable: true, description: 'What the reader sets it to.' })
  value: Value | null;
}

@ObjectType({ description: 'The shortest play that proves something. Anyone can repeat it.' })
export class Witness {
  @Field(() => String, {
    nullable: true,
    description: 'Whom to play; null where there is no choice.',
  })
  protagonist: string | null;

  @Field(() => [WitnessStep], { description: 'What to do, in order.' })
  steps: WitnessStep[];
}

const toStep = (step: StepDefinition): WitnessStep =>
  'set' in step
    ? { choiceId: null, dice: null, answer: null, variable: step.set, value: step.value }
    : {
        choiceId: encodeId('choice', step.choice),
        dice: step.dice ?? null,
        answer: (step.answer ?? null) as WitnessAnswer | null,
        variable: null,
        value: null,
      };

export const toWitness = ({ protagonist, steps }: WitnessDefinition): Witness => ({
  protagonist: protagonist ?? null,
  steps: steps.map(toStep),
});
