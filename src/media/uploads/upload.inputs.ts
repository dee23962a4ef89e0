import { Field, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { IsIn, IsInt, IsOptional, IsString } from 'class-validator';
import { LONGEST } from '../../engine/core/limits.js';
import { Text } from '../../graphql/input-rules.js';

export enum UploadKind {
  IMAGE = 'image',
  AUDIO = 'audio',
  IMPORT = 'import',
}

registerEnumType(UploadKind, {
  name: 'UploadKind',
  description: 'What an upload is for.',
  valuesMap: {
    IMAGE: { description: 'A picture: JPEG, PNG, WebP, GIF or AVIF of at most 15 MB.' },
    AUDIO: { description: 'A recording: MP3, Ogg, WAV, M4A, AAC or FLAC of at most 50 MB.' },
    IMPORT: { description: 'Stories to import: plain text in UTF-8 of at most 64 MB.' },
  },
});

@InputType({ description: 'A file that you want to upload.' })
export class RequestUploadInput {
  @Field(() => UploadKind, { description: 'What it is for.' })
  @IsIn(Object.values(UploadKind))
  kind: UploadKind;

  @Field({ description: 'Its name, without a path: at most 200 characters.' })
  @Text(1, LONGEST.filename)
  filename: string;

  @Field(() => Int, { description: 'How many bytes it has, exactly.' })
  @IsInt()
  size: number;

  @Field(() => ID, {
    nullable: true,
    description: 'The story whose library it is for; your own when left out.',
  })
  @IsOptional()
  @IsString()
  storyId?: string | null;
}
