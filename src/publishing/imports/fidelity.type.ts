import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import type {
  ConstructRecord,
  FidelityReport as Report,
  LinkRecord,
} from '../formats/twine/fidelity.js';

export enum LinkKind {
  LITERAL = 'literal',
  MACRO = 'macro',
  COMPUTED = 'computed',
}

registerEnumType(LinkKind, {
  name: 'LinkKind',
  description: 'How a link says where it leads.',
  valuesMap: {
    LITERAL: { description: 'By the name of a passage, in the link syntax of the format.' },
    MACRO: { description: 'By the name of a passage, in a macro.' },
    COMPUTED: { description: 'By an expression: where it leads is known only in play.' },
  },
});

export enum ConstructOutcome {
  MAPPED = 'mapped',
  KEPT = 'kept',
  DROPPED = 'dropped',
}

registerEnumType(ConstructOutcome, {
  name: 'ConstructOutcome',
  description: 'What became of a piece of code.',
  valuesMap: {
    MAPPED: { description: 'It does the same in Talegraph.' },
    KEPT: {
      description:
        'It stands untranslated in the text, out of the reader’s sight, and comes out again when the story is exported.',
    },
    DROPPED: { description: 'It has no effect; only the kept source has it.' },
  },
});

@ObjectType({ isAbstract: true })
class InPassage {
  @Field({ description: 'The name of the passage that it stands in.' })
  passage: string;

  @Field(() => Int, { description: 'The line of the passage’s text, from 1.' })
  line: number;

  @Field(() => Int, { description: 'The column in that line, from 1.' })
  column: number;

  @Field({ description: 'As it is written; shortened in the middle where it is long.' })
  source: string;
}

@ObjectType({ description: 'A link of an imported story.' })
export class ImportedLink extends InPassage {
  @Field(() => LinkKind, { description: 'How it says where it leads.' })
  kind: LinkKind;

  @Field(() => String, {
    nullable: true,
    description: 'The passage it leads to; null if computed.',
  })
  target: string | null;

  @Field({ description: 'Whether there is no such passage.' })
  isBroken: boolean;
}

@ObjectType({ description: 'A piece of code of an imported story.' })
export class ImportedConstruct extends InPassage {
  @Field({ description: 'What it is called in its story format, such as <<set>>.' })
  name: string;

  @Field(() => ConstructOutcome, { description: 'What became of it.' })
  outcome: ConstructOutcome;

  @Field(() => String, { nullable: true, description: 'Why it was not mapped, or not wholly.' })
  note: string | null;
}

export const ImportedLinkConnection = ConnectionType('ImportedLink', () => ImportedLink);
export const ImportedConstructConnection = ConnectionType(
  'ImportedConstruct',
  () => ImportedConstruct,
);

@ObjectType({ description: 'How many links a story has.' })
export class LinkCounts {
  @Field(() => Int, { description: 'All of them.' })
  total: number;

  @Field(() => Int, { description: 'Those that are LITERAL.' })
  literal: number;

  @Field(() => Int, { description: 'Those that lead on by a MACRO.' })
  macro: number;

  @Field(() => Int, { description: 'Those that are COMPUTED in play.' })
  computed: number;

  @Field(() => Int, { description: 'Those, of any kind, whose passage there is not.' })
  broken: number;
}

@ObjectType({ description: 'How many pieces of code a story has.' })
export class ConstructCounts {
  @Field(() => Int, { description: 'All of them.' })
  total: number;

  @Field(() => Int, { description: 'Those that were MAPPED.' })
  mapped: number;

  @Field(() => Int, { description: 'Those that were KEPT.' })
  kept: number;

  @Field(() => Int, { description: 'Those that were DROPPED.' })
  dropped: number;
}

@ObjectType({ description: 'What became of every link and every piece of code of a story.' })
export class FidelityReport {
  @Field({
    description:
      'Whether all ways through the story are known; false where a link’s target is computed in play.',
  })
  isReachabilityKnown: boolean;

  /** Not exposed: what resolvers go on from. */
  readonly report: Report;
  /** Names the lists, for their cursors. */
  readonly list: string;
}

export const toImportedLink = ({ place, source, kind, target, isBroken }: LinkRecord) => ({
  ...place,
  source,
  kind: kind as LinkKind,
  target,
  isBroken,
});

export const toImportedConstruct = ({ place, source, name, outcome, note }: ConstructRecord) => ({
  ...place,
  source,
  name,
  outcome: outcome as ConstructOutcome,
  note: note ?? null,
});
