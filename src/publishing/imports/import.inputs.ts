import { Field, ID, InputType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsOptional, IsString, MinLength } from 'class-validator';

export enum ImportFormat {
  AUTO = 'auto',
  TALEGRAPH_JSON = 'talegraph-json',
  CSV = 'csv',
  TWEE = 'twee',
  TWINE_HTML = 'twine-html',
  TWINE_ARCHIVE = 'twine-archive',
  TWINE_JSON = 'twine-json',
}

registerEnumType(ImportFormat, {
  name: 'ImportFormat',
  description: 'The format of a file to import.',
  valuesMap: {
    AUTO: { description: 'Whichever the file is in.' },
    TALEGRAPH_JSON: { description: 'Talegraph JSON, as docs/formats.md describes it.' },
    CSV: { description: 'CSV, as docs/formats.md describes it.' },
    TWEE: { description: 'Twee 3, the source of Twine stories.' },
    TWINE_HTML: { description: 'A story as Twine 2 publishes it.' },
    TWINE_ARCHIVE: { description: 'Many stories, as Twine 2 archives them.' },
    TWINE_JSON: { description: 'Twine 2 JSON.' },
  },
});

export enum OnExisting {
  UPDATE = 'update',
  CREATE = 'create',
}

registerEnumType(OnExisting, {
  name: 'OnExisting',
  description: 'What to do with a story of a file that you have already.',
  valuesMap: {
    UPDATE: { description: 'Make its draft what the file says.' },
    CREATE: { description: 'Leave it as it is, and make a new story.' },
  },
});

@InputType({ description: 'A file with stories.' })
export class ImportStoriesInput {
  @Field(() => ImportFormat, { defaultValue: ImportFormat.AUTO, description: 'Its format.' })
  format: ImportFormat;

  @Field(() => String, {
    nullable: true,
    description: 'The file: at most 1 MB. Upload a larger one.',
  })
  @IsOptional()
  @MinLength(1, { message: 'must not be empty' })
  @IsString()
  content?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The file as an upload of kind IMPORT, instead of content: at most 64 MB. It is deleted when it is imported; a dry run leaves it.',
  })
  @IsOptional()
  @IsString()
  uploadId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The second file of a story in CSV, with its choices: at most 1 MB.',
  })
  @IsOptional()
  @MinLength(1, { message: 'must not be empty' })
  @IsString()
  choicesContent?: string | null;

  @Field({
    defaultValue: false,
    description: 'Write nothing, and tell what would become of each story.',
  })
  @IsBoolean({ message: 'must be true or false' })
  dryRun: boolean;

  @Field(() => ID, {
    nullable: true,
    description:
      'The story whose draft becomes what the file says, whatever the file calls it; the file must hold one story.',
  })
  @IsOptional()
  @IsString()
  storyId?: string | null;

  @Field(() => OnExisting, {
    defaultValue: OnExisting.UPDATE,
    description: 'What to do with stories of the file that you have already.',
  })
  onExisting: OnExisting;
}
