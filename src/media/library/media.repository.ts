import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { MediaEntity } from './media.entity.js';

export type NewMedia = Omit<MediaEntity, 'mediaId' | 'fileHash' | 'attachedAt' | 'createdAt'>;

/** Whose library is asked for. */
export type LibraryOwner = { readonly userId: number } | { readonly storyId: number };

/** Among whose media some are looked for by their content. */
export interface ContentOwner {
  readonly userId: number;
  readonly storyId: number | undefined;
  readonly mediaIds: readonly number[];
}

@Injectable()
export class MediaRepository {
  constructor(private readonly database: Database) {}

  insert(media: NewMedia): Promise<MediaEntity> {
    return this.#media.save(this.#media.create(media));
  }

  findById(mediaId: number): Promise<MediaEntity | null> {
    return this.#media.findOneBy({ mediaId });
  }

  findByKey(key: string): Promise<MediaEntity | null> {
    return this.#media.findOneBy({ key });
  }

  findByIds(mediaIds: readonly number[]): Promise<MediaEntity[]> {
    return this.#media
      .createQueryBuilder('media')
      .where('media.mediaId = ANY(:mediaIds)', { mediaIds })
      .getMany();
  }

  /**
   * The media that were made of, or are, bytes with these hashes: those of a user, those of a story, and those named; the
   * oldest first.
   */
  findByContent(
    hashes: readonly string[],
    { userId, storyId, mediaIds }: ContentOwner,
  ): Promise<MediaEntity[]> {
    return this.#media
      .createQueryBuilder('media')
      .where('(media.sourceHash = ANY(:hashes) OR media.fileHash = ANY(:hashes))', { hashes })
      .andWhere(`media.status = 'ready'`)
      .andWhere(
        '(media.userId = :userId OR media.storyId = :storyId OR media.mediaId = ANY(:mediaIds))',
        { userId, storyId: storyId ?? null, mediaIds },
      )
      .orderBy('media.mediaId')
      .getMany();
  }

  /** Newest first. */
  findPage(owner: LibraryOwner, limit: number, before?: number): Promise<MediaEntity[]> {
    return this.#media
      .createQueryBuilder('media')
      .where(owner)
      .andWhere(before === undefined ? 'true' : 'media.mediaId < :before', { before })
      .orderBy('media.mediaId', 'DESC')
      .limit(limit)
      .getMany();
  }

  count(owner: LibraryOwner): Promise<number> {
    return this.#media.countBy(owner);
  }

  /** Keeps it from being deleted, or its use from being looked for, until the transaction ends. */
  async lock(mediaIds: readonly number[], strength: 'KEY SHARE' | 'UPDATE'): Promise<void> {
    await this.database.query(
      `SELECT FROM media WHERE media_id = ANY($1) ORDER BY media_id FOR ${strength}`,
      [mediaIds],
    );
  }

  /** Says what came of processing it, unless that is said already. */
  async finish(
    mediaId: number,
    outcome: Pick<MediaEntity, 'status'> &
      Partial<Pick<MediaEntity, 'width' | 'height' | 'fileHash'>>,
  ): Promise<void> {
    await this.#media.update({ mediaId, status: 'processing' }, outcome);
  }

  /** Some media that no draft has ever referred to, made before `hours` ago. */
  findUnused(hours: number, limit: number): Promise<MediaEntity[]> {
    return this.#media
      .createQueryBuilder('media')
      .where(`media.attachedAt IS NULL AND media.createdAt < now() - :hours * interval '1 hour'`, {
        hours,
      })
      .orderBy('media.createdAt')
      .limit(limit)
      .getMany();
  }

  /** Keeps a medium from being attached until the transaction ends. @returns whether it is there and still unused */
  async lockUnused(mediaId: number): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT media_id FROM media WHERE media_id = $1 AND attached_at IS NULL FOR UPDATE',
      [mediaId],
    );
    return rows.length > 0;
  }

  async setAltText(mediaId: number, altText: string): Promise<void> {
    await this.#media.update({ mediaId }, { altText });
  }

  /** Deletes it, and the upload that it was made of. */
  async delete(mediaId: number): Promise<void> {
    await this.database.query('DELETE FROM uploads WHERE media_id = $1', [mediaId]);
    await this.#media.delete({ mediaId });
  }

  get #media() {
    return this.database.manager.getRepository(MediaEntity);
  }
}
