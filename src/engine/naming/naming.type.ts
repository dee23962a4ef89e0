import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsIn } from 'class-validator';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { MayBeOmitted, Text, Trim } from '../../graphql/input-rules.js';
import type { Naming } from '../core/references/in-story.js';
import { NAMED_KINDS } from '../core/references/mention.js';
import type { RenamedPlace as Renamed } from '../core/references/rename.js';
import { PlaceInDraft, toPlace } from '../place.type.js';
import type { RenameResult } from './naming.service.js';
import type { Usage } from './usages.js';

export enum NamedThing {
  VARIABLE = 'variable',
  ITEM = 'item',
  STAT = 'stat',
  ARTIFACT = 'artifact',
  ENDING = 'ending',
  PROTAGONIST = 'protagonist',
  NODE = 'node',
}

registerEnumType(NamedThing, {
  name: 'NamedThing',
  description: 'What rules and texts go by the name of.',
  valuesMap: {
    VARIABLE: { description: 'A declared variable.' },
    ITEM: { description: 'A declared item.' },
    STAT: { description: 'A declared stat.' },
    ARTIFACT: { description: 'A declared artifact.' },
    ENDING: { description: 'A declared ending.' },
    PROTAGONIST: { description: 'A declared protagonist.' },
    NODE: { description: 'A node, by its key.' },
  },
});

export enum NamingFieldName {
  CONTENT = 'content',
  CHOICE_TEXT = 'text',
  CONSEQUENCES = 'consequences',
  LOCKED_TEXT = 'lockedText',
  CONDITION = 'condition',
  CHECK = 'check',
  EFFECTS = 'effects',
  ENDING = 'ending',
  KEY = 'key',
  DECLARATIONS = 'declarations',
}

registerEnumType(NamingFieldName, {
  name: 'NamingField',
  description: 'Where names stand.',
  valuesMap: {
    CONTENT: { description: 'In the Liquid of the text of a node.' },
    CHOICE_TEXT: { description: 'In the Liquid of the text of a choice.' },
    CONSEQUENCES: { description: 'In the Liquid of what readers are told after choosing.' },
    LOCKED_TEXT: { description: 'In the Liquid of what readers are told of a closed choice.' },
    CONDITION: { description: 'In the condition of a choice.' },
    CHECK: { description: 'In the dice check of a choice.' },
    EFFECTS: { description: 'As the target of an effect, or in its value.' },
    ENDING: { description: 'As the ending that a node collects.' },
    KEY: { description: 'As the key of a node.' },
    DECLARATIONS: { description: 'Where it is declared, or in what a protagonist begins with.' },
  },
});

@ObjectType({ isAbstract: true })
class PlaceOfName extends PlaceInDraft {
  @Field(() => ID, {
    nullable: true,
    description: 'The node, or the one that the choice leads away from; null in the declarations.',
  })
  nodeId: string | null;

  @Field(() => String, { nullable: true, description: 'What the author calls that node.' })
  nodeKey: string | null;

  @Field(() => NamingFieldName, { description: 'Where it stands.' })
  field: NamingFieldName;
}

const toPlaceOfName = (place: Naming | Renamed): PlaceOfName => ({
  ...toPlace(place),
  nodeId: place.node === undefined ? null : encodeId('node', place.node.id),
  nodeKey: place.node?.key ?? null,
  field: place.field as NamingFieldName,
});

@ObjectType({ description: 'A place where a draft goes by a name.' })
export class UsagePlace extends PlaceOfName {
  @Field({ description: 'Whether it is set there; otherwise it is read.' })
  isWritten: boolean;

  @Field({ description: 'What stands around it in its line.' })
  excerpt: string;
}

export const UsagePlaceConnection = ConnectionType('UsagePlace', () => UsagePlace);

export const toUsagePlace = (naming: Naming): UsagePlace => ({
  ...toPlaceOfName(naming),
  isWritten: naming.isWritten,
  excerpt: naming.excerpt,
});

@ObjectType({ description: 'Something that a draft can go by, and where it does.' })
export class StoryUsage {
  @Field(() => NamedThing, { description: 'What it is.' })
  kind: NamedThing;

  @Field({ description: 'Its name or key.' })
  name: string;

  @Field({ description: 'Whether there is such a thing at all.' })
  isDeclared: boolean;

  @Field({ description: 'Whether it is declared, but nothing in the story goes by it.' })
  isUnused: boolean;

  @Field(() => Int, { description: 'In how many places it is read.' })
  readCount: number;

  @Field(() => Int, { description: 'In how many places it is set.' })
  writeCount: number;

  /** Not exposed: what `places` goes on from. */
  readonly usage: Usage;
}

export const StoryUsageConnection = ConnectionType('StoryUsage', () => StoryUsage);

export function toStoryUsage(usage: Usage): StoryUsage {
  const { kind, name, isDeclared, isUnused, namings } = usage;
  const writeCount = namings.filter(({ isWritten }) => isWritten).length;
  return {
    kind: kind as NamedThing,
    name,
    isDeclared,
    isUnused,
    readCount: namings.length - writeCount,
    writeCount,
    usage,
  };
}

@InputType({ description: 'Which usages to tell; all when everything is left out.' })
export class StoryUsagesInput {
  @Field(() => NamedThing, { nullable: true, description: 'Only of this kind.' })
  @MayBeOmitted()
  @IsIn(NAMED_KINDS)
  kind?: NamedThing;

  @Field({ nullable: true, description: 'Only of this name or key.' })
  @MayBeOmitted()
  @Text(1, 100)
  name?: string;

  @Field({ nullable: true, description: 'Only what is, or is not, unused.' })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  isUnused?: boolean;
}

@InputType({ description: 'What to rename, and how.' })
export class RenameDeclarationInput {
  @Field(() => NamedThing, { description: 'What it is.' })
  @IsIn(NAMED_KINDS)
  kind: NamedThing;

  @Field({ description: 'Its name or key.' })
  @Text(1, 100)
  from: string;

  @Field({ description: 'The new one. It must be free, and fit for what it is.' })
  @Trim()
  @Text(1, 100)
  to: string;

  @Field({
    nullable: true,
    description: 'Change nothing, and only tell what would be changed. False when left out.',
  })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  dryRun?: boolean;
}

@ObjectType({ description: 'A place where a rename changes a draft.' })
export class RenamedPlace extends PlaceOfName {
  @Field({ description: 'What stood around it in its line.' })
  before: string;

  @Field({ description: 'The same with this one place changed.' })
  after: string;
}

export const RenamedPlaceConnection = ConnectionType('RenamedPlace', () => RenamedPlace);

export const toRenamedPlace = (place: Renamed): RenamedPlace => ({
  ...toPlaceOfName(place),
  before: place.before,
  after: place.after,
});

@ObjectType({ description: 'What came of a rename, or would come of it.' })
export class DraftRename {
  @Field(() => Int, { description: 'In how many places it changes the draft.' })
  count: number;

  @Field({
    description:
      'Whether saves know it by its name: those that move to a version with the new one begin with it anew. Not so for nodes.',
  })
  isNewToSaves: boolean;

  @Field(() => ID, {
    nullable: true,
    description: 'The change, for undoDraft; null where it was only to be told.',
  })
  changeId: string | null;

  /** Not exposed: what `places` goes on from. */
  readonly renamed: readonly Renamed[];
}

export const toDraftRename = ({ kind, places, changeId }: RenameResult): DraftRename => ({
  count: places.length,
  isNewToSaves: kind !== 'node',
  changeId: changeId === undefined ? null : encodeId('change', changeId),
  renamed: places,
});
