import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { UploadEntity } from './upload.entity.js';

export type NewUpload = Pick<
  UploadEntity,
  'userId' | 'storyId' | 'kind' | 'key' | 'filename' | 'size' | 'expiresAt'
>;

/** Which addresses are no longer good, and whose media, if any, are made or have had `:hours` to be. */
const OLD = `upload.expires_at < now() AND upload.created_at < now() - :hours * interval '1 hour'
  AND NOT EXISTS (SELECT FROM media WHERE media.media_id = upload.media_id
    AND media.status = 'processing' AND media.created_at >= now() - :hours * interval '1 hour')`;

@Injectable()
export class UploadRepository {
  constructor(private readonly database: Database) {}

  insert(upload: NewUpload): Promise<UploadEntity> {
    return this.#uploads.save(this.#uploads.create(upload));
  }

  findById(uploadId: number): Promise<UploadEntity | null> {
    return this.#uploads.findOneBy({ uploadId });
  }

  findByKey(key: string): Promise<UploadEntity | null> {
    return this.#uploads.findOneBy({ key });
  }

  findByMedia(mediaId: number): Promise<UploadEntity[]> {
    return this.#uploads.findBy({ mediaId });
  }

  /** Some uploads of long ago. @param hours since when they, and the media that are still made of them, must be there */
  findOld(hours: number, limit: number): Promise<UploadEntity[]> {
    return this.#old(hours).orderBy('upload.createdAt').limit(limit).getMany();
  }

  /** Keeps an upload from being completed until the transaction ends. @returns null when it is gone, or not old any more */
  async lockOld(uploadId: number, hours: number): Promise<UploadEntity | null> {
    await this.lock(uploadId);
    return this.#old(hours).andWhere('upload.uploadId = :uploadId', { uploadId }).getOne();
  }

  /** How many uploads of a user may still come, or have come, and are nothing yet; and what these and the user's media take up. */
  async loadOf(userId: number): Promise<{ readonly waiting: number; readonly bytes: number }> {
    const [load] = await this.database.query<{ waiting: number; bytes: number }>(
      `SELECT count(*) AS waiting, coalesce(sum(size), 0)
         + (SELECT coalesce(sum(size), 0) FROM media WHERE user_id = $1) AS bytes
       FROM uploads
       WHERE user_id = $1 AND media_id IS NULL AND (received_at IS NOT NULL OR expires_at > now())`,
      [userId],
    );
    return load!;
  }

  /** Notes that the bytes have come. @returns false when they had come before, or the upload is gone */
  async receive(uploadId: number): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE uploads SET received_at = now() WHERE upload_id = $1 AND received_at IS NULL
       RETURNING upload_id`,
      [uploadId],
    );
    return rows.length > 0;
  }

  /** Keeps the upload from being completed by others until the transaction ends. @returns it as it is by then */
  async lock(uploadId: number): Promise<UploadEntity | null> {
    await this.database.query('SELECT FROM uploads WHERE upload_id = $1 FOR UPDATE', [uploadId]);
    return this.findById(uploadId);
  }

  async becomes(uploadId: number, mediaId: number): Promise<void> {
    await this.#uploads.update({ uploadId }, { mediaId });
  }

  async delete(uploadId: number): Promise<void> {
    await this.#uploads.delete({ uploadId });
  }

  #old(hours: number) {
    return this.#uploads.createQueryBuilder('upload').where(OLD, { hours });
  }

  get #uploads() {
    return this.database.manager.getRepository(UploadEntity);
  }
}
