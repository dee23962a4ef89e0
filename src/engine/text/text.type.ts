import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMinSize, IsBoolean, IsIn } from 'class-validator';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { MayBeOmitted, Text } from '../../graphql/input-rules.js';
import { LONGEST } from '../core/limits.js';
import type { TextField } from '../core/sites.js';
import { PlaceInDraft, toPlace } from '../place.type.js';
import type { Replacement, Search } from './text.service.js';
import { PROSE, type Hit, type Replaced } from './texts.js';

export enum DraftTextField {
  TITLE = 'title',
  CONTENT = 'content',
  CHOICE_TEXT = 'text',
  CONSEQUENCES = 'consequences',
  LOCKED_TEXT = 'lockedText',
  CONDITION = 'condition',
  CHECK = 'check',
  EFFECTS = 'effects',
  PUZZLE = 'puzzle',
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
    PUZZLE: { description: 'Answers and hints of puzzles.' },
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
    description:
      'Where to look; in all that readers read of nodes and choices, and no rules, when left out. Details of the story and names of what it declares are in none of them.',
  })
  @MayBeOmitted()
  @ArrayMinSize(1, { message: 'must name a field; leave it out for all that readers read' })
  @IsIn(Object.values(DraftTextField), { each: true })
  fields?: DraftTextField[];

  @Field({ nullable: true, description: 'Only in nodes of this chapter, and their choices.' })
  @MayBeOmitted()
  @Text(1, LONGEST.chapter)
  chapter?: string;

  @Field({ nullable: true, description: 'Only in nodes with this tag, and their choices.' })
  @MayBeOmitted()
  @Text(1, LONGEST.tag)
  tag?: string;
}

@InputType({ description: 'What to replace in a draft.' })
export class ReplaceInDraftInput extends FindInDraftInput {
  @Field({ description: 'What stands there afterwards: at most 200 characters; may be empty.' })
  @Text(0, 200)
  replacement: string;

  @Field({
    nullable: true,
    description: 'Change nothing, and only tell what would be changed. False when left out.',
  })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  dryRun?: boolean;
}

export const toSearch = (input: FindInDraftInput): Search => ({
  wanted: {
    text: input.text,
    matchCase: input.matchCase ?? false,
    wholeWords: input.wholeWords ?? false,
    fields: (input.fields as TextField[] | undefined) ?? PROSE,
  },
  filter: { tag: input.tag, chapter: input.chapter },
});

@ObjectType({ isAbstract: true })
class PlaceOfText extends PlaceInDraft {
  @Field(() => ID, { description: 'The node, or the one that the choice leads away from.' })
  nodeId: string;

  @Field({ description: 'What the author calls that node.' })
  nodeKey: string;

  @Field(() => DraftTextField, { description: 'In which text.' })
  field: DraftTextField;
}

@ObjectType({ description: 'A place where a draft has a text.' })
export class DraftHit extends PlaceOfText {
  @Field({ description: 'What stands around it in its line.' })
  excerpt: string;
}

export const DraftHitConnection = ConnectionType('DraftHit', () => DraftHit);

const toPlaceOfText = (place: Hit | Replaced): PlaceOfText => ({
  ...toPlace(place),
  nodeId: encodeId('node', place.node.id),
  nodeKey: place.node.key,
  field: place.field as DraftTextField,
});

export const toDraftHit = (hit: Hit): DraftHit => ({
  ...toPlaceOfText(hit),
  excerpt: hit.excerpt,
});

@ObjectType({ description: 'A place where a text is replaced.' })
export class ReplacedPlace extends PlaceOfText {
  @Field({ description: 'What stood around it in its line.' })
  before: string;

  @Field({ description: 'The same with this one place replaced.' })
  after: string;
}

export const ReplacedPlaceConnection = ConnectionType('ReplacedPlace', () => ReplacedPlace);

export const toReplacedPlace = (place: Replaced): ReplacedPlace => ({
  ...toPlaceOfText(place),
  before: place.before,
  after: place.after,
});

@ObjectType({ description: 'What came of replacing a text.' })
export class DraftReplacement {
  @Field(() => Int, { description: 'How often it stands in the draft.' })
  count: number;

  @Field(() => ID, {
    nullable: true,
    description: 'The change, for undoDraft; null where nothing became different.',
  })
  changeId: string | null;

  /** Not exposed: what resolvers go on from. */
  readonly changeKey: number | undefined;
  readonly replaced: readonly Replaced[];
}

export const toReplacement = ({ places, changeId }: Replacement): DraftReplacement => ({
  count: places.length,
  changeId: changeId === undefined ? null : encodeId('change', changeId),
  changeKey: changeId,
  replaced: places,
});
