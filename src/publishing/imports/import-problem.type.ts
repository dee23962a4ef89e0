import { Field, Int, ObjectType } from '@nestjs/graphql';
import { codeEnum, DRAFT_FINDINGS } from '../../engine/validation/finding-code.type.js';
import { FindingSeverity } from '../../engine/validation/validation.type.js';
import { ConnectionType } from '../../graphql/connection.js';
import type { FileProblem } from '../formats/place.js';
import type { FileProblemCode, ProblemCode } from '../formats/problem-code.js';

const FILE_PROBLEMS: Readonly<Record<FileProblemCode, string>> = {
  UNKNOWN_FORMAT: 'The format of the file is not known.',
  FAULTY_SYNTAX: 'The syntax of the file is wrong: it is no JSON, CSV or HTML there.',
  FAULTY_TABLE: 'The rows or columns of a CSV file are not as they must be.',
  NO_STORY: 'There is no story in the file.',
  SEVERAL_STORIES: 'There are several stories where there can be one.',
  DUPLICATE_STORY: 'Several stories of the file have the same slug or IFID.',
  SLUG_TAKEN: 'A story of another author has the slug.',
  SHARED_STORY: 'A story of another author, shared with the one who imports, has the IFID.',
  UNKNOWN_FIELD: 'There is no such field or column, or not there.',
  DUPLICATE_FIELD: 'A field or a column is there twice.',
  MISSING_FIELD: 'A field is missing.',
  FAULTY_VALUE: 'A field has a value that it cannot have.',
  UNKNOWN_NODE: 'A choice belongs to a node that there is not.',
  UNKNOWN_MEDIUM: 'A place shows or plays an image or recording that is not listed.',
  UNUSED_MEDIUM: 'An image or recording is listed that no place shows or plays.',
  FAULTY_MEDIUM: 'An image or recording is listed wrongly, or is none that can be taken.',
  MISSING_MEDIUM: 'The bytes of an image or recording are neither in the file nor here.',
  FAULTY_STORY_DATA: 'What a Twine file says of its story is missing or wrong, such as its IFID.',
  UNKNOWN_STORY_FORMAT: 'A Twine story names no story format.',
  DUPLICATE_PASSAGE: 'Several passages have the same name.',
  FAULTY_PASSAGE: 'What a Twine file says of a passage beside its text is missing or wrong.',
  LEFT_OUT: 'A part of a Twine file means nothing there, and is left out.',
  OVER_LIMIT: 'There is more of something than a story can have; the rest is cut or left out.',
  KEPT_CODE: 'Code of a Twine story is not translated: it stays, but does nothing here.',
  LOST_RULE: 'A rule that had gone out to Twine with the story did not come back.',
  MORE_PROBLEMS: 'There are more problems than are told.',
  OTHER: 'Something else, which the message says.',
};

export const ImportProblemCodes = codeEnum<ProblemCode>(
  'ImportProblemCode',
  'The kinds of fault of a file: those that only files have, and those that the validator finds in stories.',
  { ...FILE_PROBLEMS, ...DRAFT_FINDINGS },
);

@ObjectType({ description: 'Something wrong with a file.' })
export class ImportProblem {
  @Field(() => ImportProblemCodes, { description: 'What kind of fault it is.' })
  code: ProblemCode;

  @Field(() => FindingSeverity, {
    description: 'An ERROR keeps a story from being imported, a WARNING does not.',
  })
  severity: FindingSeverity;

  @Field({ description: 'What is wrong.' })
  message: string;

  @Field(() => String, {
    nullable: true,
    description: 'What to do about it; null where the message says so.',
  })
  fix: string | null;

  @Field(() => Int, { nullable: true, description: 'The line of the file, from 1.' })
  line: number | null;

  @Field(() => Int, { nullable: true, description: 'The column in that line, from 1.' })
  column: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The story it is about; null when it is about the file.',
  })
  storyTitle: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The key of the node it is about, if it is about one.',
  })
  nodeKey: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the passage it is about, if it is about one of a Twine file.',
  })
  passage: string | null;
}

export const ImportProblemConnection = ConnectionType('ImportProblem', () => ImportProblem);

export const toImportProblem = (
  { code, severity, message, fix, place, nodeKey, passage }: FileProblem,
  storyTitle: string | null = null,
): ImportProblem => ({
  code,
  severity: severity as FindingSeverity,
  message,
  fix: fix ?? null,
  line: place?.line ?? null,
  column: place?.column ?? null,
  storyTitle,
  nodeKey: nodeKey ?? null,
  passage: passage ?? null,
});
