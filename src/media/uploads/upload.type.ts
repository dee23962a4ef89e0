import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { encodeId } from '../../graphql/ids.js';
import type { UploadEntity } from './upload.entity.js';

/** What every upload is sent as: what it is, its content tells. */
export const UPLOAD_TYPE = 'application/octet-stream';

@ObjectType({ description: 'A header to send.' })
export class UploadHeader {
  @Field({ description: 'Its name.' })
  name: string;

  @Field({ description: 'Its value.' })
  value: string;
}

@ObjectType({ description: 'Where and how to send the bytes of a file. The address works once.' })
export class Upload {
  @Field(() => ID, { description: 'The id of the upload: hand it on once the bytes are sent.' })
  id: string;

  @Field({ description: 'Send the bytes to this address, as it stands, without your token.' })
  url: string;

  @Field({ description: 'The HTTP method to send them with.' })
  method: string;

  @Field(() => [UploadHeader], { description: 'The headers to send along.' })
  headers: UploadHeader[];

  @Field({ description: 'Until when sending may begin.' })
  expiresAt: Date;

  @Field(() => Int, { description: 'How many bytes are taken: as many as you said, no others.' })
  maxBytes: number;
}

export const toUpload = ({ row, url }: { row: UploadEntity; url: string }): Upload => ({
  id: encodeId('upload', row.uploadId),
  url,
  method: 'PUT',
  headers: [{ name: 'Content-Type', value: UPLOAD_TYPE }],
  expiresAt: row.expiresAt,
  maxBytes: row.size,
});
