import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { Value } from '../../engine/core/definition.js';
import { LONGEST, MOST } from '../../engine/core/limits.js';
import { RefusedByService } from '../../graphql/input-faults.js';
import { IdOf, Text, Trim } from '../../graphql/input-rules.js';
import { AtMost, Name } from './declaration.rules.js';
import { ValueScalar } from './value.scalar.js';

export enum VariableType {
  INT = 'int',
  NUMBER = 'number',
  BOOL = 'bool',
  STRING = 'string',
}

registerEnumType(VariableType, {
  name: 'VariableType',
  description: 'What a variable can hold.',
  valuesMap: {
    INT: { description: 'A whole number.' },
    NUMBER: { description: 'A number.' },
    BOOL: { description: 'True or false.' },
    STRING: { description: 'A text.' },
  },
});

@ObjectType({ description: 'Something that a playthrough remembers.' })
@InputType('VariableInput', { description: 'Something that a playthrough remembers.' })
export class Variable {
  @Field({ description: 'How conditions, effects and texts call it.' })
  @Name()
  name: string;

  @Field(() => VariableType, { description: 'What it can hold.' })
  type: VariableType;

  @Field(() => ValueScalar, { description: 'What it holds at first.' })
  initial: Value;

  @Field(() => Float, { nullable: true, description: 'It is kept at or above this; numbers only.' })
  @IsOptional()
  @IsNumber()
  min?: number | null;

  @Field(() => Float, { nullable: true, description: 'It is kept at or below this; numbers only.' })
  @IsOptional()
  @IsNumber()
  max?: number | null;

  @Field({ defaultValue: false, description: 'Whether readers see it.' })
  @IsBoolean()
  shown: boolean;

  @Field({ defaultValue: false, description: 'Whether readers may set it.' })
  @IsBoolean()
  readerWritable: boolean;
}

@ObjectType({ description: 'Something that a reader can carry.' })
@InputType('ItemInput', { description: 'Something that a reader can carry.' })
export class Item {
  @Field({ description: 'How conditions and effects call it.' })
  @Name()
  key: string;

  @Field({ description: 'How readers see it called.' })
  @Trim()
  @Text(1, LONGEST.name)
  name: string;

  @Field(() => String, { nullable: true, description: 'What readers are told of it.' })
  @IsOptional()
  @Text(0, LONGEST.about)
  description?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many a reader can carry; any number if null.',
  })
  @IsOptional()
  @IsInt()
  @Min(1, { message: 'must be 1 or more; null for any number' })
  @Max(MOST.carried)
  max?: number | null;
}

@ObjectType({ description: 'A trait of the character that the reader plays, such as health.' })
@InputType('StatInput', { description: 'A trait of the character that the reader plays.' })
export class CharacterStat {
  @Field({ description: 'How conditions and effects call it: stats.key.' })
  @Name()
  key: string;

  @Field({ description: 'How readers see it called.' })
  @Trim()
  @Text(1, LONGEST.name)
  name: string;

  @Field(() => Float, { description: 'What it is at first.' })
  @IsNumber()
  initial: number;

  @Field(() => Float, { nullable: true, description: 'It is kept at or above this.' })
  @IsOptional()
  @IsNumber()
  min?: number | null;

  @Field(() => Float, { nullable: true, description: 'It is kept at or below this.' })
  @IsOptional()
  @IsNumber()
  max?: number | null;
}

@ObjectType({ description: 'What a variable, stat or item is at first for a protagonist.' })
@InputType('InitialValueInput', { description: 'What a variable, stat or item is at first.' })
export class InitialValue {
  @Field({ description: 'The name of the variable, or the key of the stat or item.' })
  @IsString()
  name: string;

  @Field(() => ValueScalar, { description: 'What it is at first.' })
  value: Value;
}

@ObjectType({ description: 'Someone whom the reader can play.' })
@InputType('ProtagonistInput', { description: 'Someone whom the reader can play.' })
export class Protagonist {
  @Field({ description: 'How conditions call them: protagonist == "key".' })
  @Name()
  key: string;

  @Field({ description: 'How readers see them called.' })
  @Trim()
  @Text(1, LONGEST.name)
  name: string;

  @Field(() => String, { nullable: true, description: 'What readers are told of them.' })
  @IsOptional()
  @Text(0, LONGEST.about)
  description?: string | null;

  @Field(() => ID, { nullable: true, description: 'The node they begin at; the start if null.' })
  @IsOptional()
  @IdOf('node')
  startNodeId?: string | null;

  @Field(() => [InitialValue], { defaultValue: [], description: 'Variables that begin otherwise.' })
  @AtMost(MOST.variables, 'values')
  @ValidateNested({ each: true })
  @Type(() => InitialValue)
  variables: InitialValue[];

  @Field(() => [InitialValue], { defaultValue: [], description: 'Stats that begin otherwise.' })
  @AtMost(MOST.stats, 'values')
  @ValidateNested({ each: true })
  @Type(() => InitialValue)
  stats: InitialValue[];

  @Field(() => [InitialValue], { defaultValue: [], description: 'Items they begin with.' })
  @AtMost(MOST.items, 'values')
  @ValidateNested({ each: true })
  @Type(() => InitialValue)
  items: InitialValue[];
}

@ObjectType({ description: 'An artifact or an ending that readers collect.' })
@InputType('CollectibleInput', { description: 'An artifact or an ending that readers collect.' })
export class Collectible {
  @Field({ description: 'How effects and nodes call it.' })
  @Name()
  key: string;

  @Field({ description: 'How readers see it called.' })
  @Trim()
  @Text(1, LONGEST.name)
  name: string;

  @Field(() => String, { nullable: true, description: 'What readers are told of it.' })
  @IsOptional()
  @Text(0, LONGEST.about)
  description?: string | null;
}

@ObjectType({
  description:
    'What readers earn once by collecting all that it names, in however many playthroughs.',
})
@InputType('DeclaredAchievementInput', {
  description:
    'What readers earn once by collecting all that it names, in however many playthroughs.',
})
export class DeclaredAchievement {
  @Field({ description: 'Names it in the story; what was earned is kept under it.' })
  @Name()
  key: string;

  @Field({ description: 'How readers see it called.' })
  @Trim()
  @Text(1, LONGEST.name)
  name: string;

  @Field(() => String, { nullable: true, description: 'What readers are told of it.' })
  @IsOptional()
  @Text(0, LONGEST.about)
  description?: string | null;

  @Field({
    defaultValue: false,
    description: 'Whether readers are told what it is only once they have earned it.',
  })
  @IsBoolean()
  secret: boolean;

  @Field(() => [String], { defaultValue: [], description: 'The keys of the artifacts it takes.' })
  @AtMost(MOST.artifacts, 'artifacts')
  @IsString({ each: true })
  artifacts: string[];

  @Field(() => [String], { defaultValue: [], description: 'The keys of the endings it takes.' })
  @AtMost(MOST.endings, 'endings')
  @IsString({ each: true })
  endings: string[];
}

@RefusedByService()
@ObjectType({ description: 'What a story declares for its rules to work on.' })
@InputType('StorySchemaInput', {
  description: 'All that a story declares for its rules to work on.',
})
export class StorySchema {
  @Field(() => [Variable], { defaultValue: [], description: 'At most 200.' })
  @AtMost(MOST.variables, 'variables')
  @ValidateNested({ each: true })
  @Type(() => Variable)
  variables: Variable[];

  @Field(() => [Item], { defaultValue: [], description: 'At most 200.' })
  @AtMost(MOST.items, 'items')
  @ValidateNested({ each: true })
  @Type(() => Item)
  items: Item[];

  @Field(() => [CharacterStat], { defaultValue: [], description: 'At most 50.' })
  @AtMost(MOST.stats, 'stats')
  @ValidateNested({ each: true })
  @Type(() => CharacterStat)
  stats: CharacterStat[];

  @Field(() => [Protagonist], {
    defaultValue: [],
    description: 'At most 20; the first is the default.',
  })
  @AtMost(MOST.protagonists, 'protagonists')
  @ValidateNested({ each: true })
  @Type(() => Protagonist)
  protagonists: Protagonist[];

  @Field(() => [Collectible], { defaultValue: [], description: 'At most 200 artifacts.' })
  @AtMost(MOST.artifacts, 'artifacts')
  @ValidateNested({ each: true })
  @Type(() => Collectible)
  artifacts: Collectible[];

  @Field(() => [Collectible], { defaultValue: [], description: 'At most 100 endings.' })
  @AtMost(MOST.endings, 'endings')
  @ValidateNested({ each: true })
  @Type(() => Collectible)
  endings: Collectible[];

  @Field(() => [DeclaredAchievement], { defaultValue: [], description: 'At most 50.' })
  @AtMost(MOST.achievements, 'achievements')
  @ValidateNested({ each: true })
  @Type(() => DeclaredAchievement)
  achievements: DeclaredAchievement[];

  @Field({ defaultValue: false, description: 'Whether readers may take back their choices.' })
  @IsBoolean()
  allowUndo: boolean;
}
