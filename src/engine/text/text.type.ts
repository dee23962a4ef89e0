import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMinSize, IsBoolean, IsIn } from 'class-validator';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { MayBeOmitted, Text } from '../../graphql/input-rules.js';
import { PROSE, type Hit, type TextField, type Wanted } from './texts.js';

export enum DraftTextField {
  TITLE = 'title',
  CONTENT = 'content',
  CHOICE_TEXT = 'text',
  CONSEQUENCES = 'consequences',
  LOCKED_TEXT = 'lockedText',
  CONDITION = 'condition',
  CHECK = 'check',
  EFFECTS = 'effects',
}

registerEnumType(DraftTextField, {
  name: 'DraftTextField',
  description: 'What of a draft is written as text.',
  valuesMap: {
    TITLE: { description: 'Titles of nodes.' },
    CONTENT: { description: 'Texts of nodes.' },
    CHOICE_TEXT: { description: 'Texts of choices.' },
    CONSEQUENCES: { description: 'What readers are told after choosing.' },
    LOCKED_TEXT: { description: 'What readers are told of closed choices.' },
    CONDITION: { description: 'Conditions of choices.' },
    CHECK: { description: 'Dice checks of choices.' },
    EFFECTS: { description: 'Values of effects, of nodes and choices.' },
  },
});

@InputType({ description: 'What to look for in a draft.' })
export class FindInDraftInput {
  @Field({ description: 'The text to look for: 1 to 200 characters.' })
  @Text(1, 200)
  text: string;

  @Field({ nullable: true, description: 'Tell capitals from small letters. False when left out.' })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  matchCase?: boolean;

  @Field({ nullable: true, description: 'Whole words alone. False when left out.' })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  wholeWords?: boolean;

  @Field(() => [DraftTextField], {
    nullable: true,
    description: 'Where to look; in all that readers read, and no rules, when left out.',
  })
  @MayBeOmitted()
  @ArrayMinSize(1, { message: 'must name a field; leave it out for all that readers read' })
  @IsIn(Object.values(DraftTextField), { each: true })
  fields?: DraftTextField[];
}

@InputType({ description: 'What to replace in a draft.' })
export class ReplaceInDraftInput extends FindInDraftInput {
  @Field({ description: 'What stands there afterwards: at most 200 characters; may be empty.' })
  @Text(0, 200)
  replacement: string;
}

export const toWanted = (input: FindInDraftInput): Wanted => ({
  text: input.text,
  matchCase: input.matchCase ?? false,
  wholeWords: input.wholeWords ?? false,
  fields: (input.fields as TextField[] | undefined) ?? PROSE,
});

@ObjectType({ description: 'A place where a draft has a text.' })
export class DraftHit {
  @Field(() => ID, { description: 'The node, or the one that the choice leads away from.' })
  nodeId: string;

  @Field({ description: 'What the author calls that node.' })
  nodeKey: string;

  @Field(() => ID, { nullable: true, description: 'The choice; null in the node itself.' })
  choiceId: string | null;

  @Field(() => String, { nullable: true, description: 'The letter of the choice.' })
  letter: string | null;

  @Field(() => DraftTextField, { description: 'In which text.' })
  field: DraftTextField;

  @Field(() => Int, { description: 'The line, from 1.' })
  line: number;

  @Field(() => Int, { description: 'The character in the line, from 1.' })
  column: number;

  @Field({ description: 'What stands around it in its line.' })
  excerpt: string;
}

export const DraftHitConnection = ConnectionType('DraftHit', () => DraftHit);

export const toDraftHit = ({ node, choice, field, line, column, excerpt }: Hit): DraftHit => ({
  nodeId: encodeId('node', node.id),
  nodeKey: node.key,
  choiceId: choice === undefined ? null : encodeId('choice', choice.id),
  letter: choice?.letter ?? null,
  field: field as DraftTextField,
  line,
  column,
  excerpt,
});

@ObjectType({ description: 'What came of replacing a text.' })
export class DraftReplacement {
  @Field(() => Int, { description: 'How often it was replaced.' })
  count: number;

  @Field(() => ID, {
    nullable: true,
    description: 'The change, for undoDraft; null where nothing became different.',
  })
  changeId: string | null;
}
