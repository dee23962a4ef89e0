import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { StoryDocument } from '../formats/story-document.js';
import { TemplateEntity } from './template.entity.js';

/** A template without its story. */
export type TemplateHead = Omit<TemplateEntity, 'document' | 'mediaIds'>;

/** Which templates: those that come with Talegraph, one’s own, those that others share, or all of these. */
export type TemplateSource = 'built-in' | 'mine' | 'shared' | 'all';

/** What a template says of itself. */
export type TemplateDetails = Pick<TemplateEntity, 'title' | 'description' | 'isShared'>;

/** A template that comes with Talegraph. */
export interface BuiltInTemplate {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly document: StoryDocument;
}

const HEAD = [
  ...['templateId', 'slug', 'ownerId', 'title', 'description', 'isShared', 'nodeCount'],
  ...['createdAt', 'updatedAt'],
].map((column) => `template.${column}`);

const OF_SOURCE: Readonly<Record<TemplateSource, string>> = {
  'built-in': 'template.ownerId IS NULL',
  mine: 'template.ownerId = :userId',
  shared: 'template.isShared AND template.ownerId <> :userId',
  all: '(template.ownerId IS NULL OR template.isShared OR template.ownerId = :userId)',
};

@Injectable()
export class TemplateRepository {
  constructor(private readonly database: Database) {}

  /** The stories of some templates. */
  findDocuments(
    templateIds: readonly number[],
  ): Promise<Pick<TemplateEntity, 'templateId' | 'document' | 'mediaIds'>[]> {
    return this.database.query(
      `SELECT template_id AS "templateId", document, to_jsonb(media_ids) AS "mediaIds"
       FROM story_templates
       WHERE template_id = ANY($1)`,
      [templateIds],
    );
  }

  findHead(templateId: number): Promise<TemplateHead | null> {
    return this.#heads().where('template.templateId = :templateId', { templateId }).getOne();
  }

  /** Newest first. @param before the id of the template before the first */
  findPage(
    source: TemplateSource,
    userId: number,
    limit: number,
    before?: number,
  ): Promise<TemplateHead[]> {
    return this.#of(source, userId)
      .andWhere(before === undefined ? 'true' : 'template.templateId < :before', { before })
      .orderBy('template.templateId', 'DESC')
      .limit(limit)
      .getMany();
  }

  count(source: TemplateSource, userId: number): Promise<number> {
    return this.#of(source, userId).getCount();
  }

  insert(
    template: Pick<
      TemplateEntity,
      'ownerId' | 'title' | 'description' | 'isShared' | 'document' | 'mediaIds' | 'nodeCount'
    >,
  ): Promise<TemplateEntity> {
    return this.#templates.save(this.#templates.create(template));
  }

  async update(templateId: number, details: Partial<TemplateDetails>): Promise<void> {
    await this.#templates.update({ templateId }, { ...details, updatedAt: () => 'now()' });
  }

  async delete(templateId: number): Promise<void> {
    await this.#templates.delete({ templateId });
  }

  /** Makes the templates that come with Talegraph what they are in this release. Those that are so stay untouched. */
  async putBuiltIn(templates: readonly BuiltInTemplate[]): Promise<void> {
    await this.database.query(
      `INSERT INTO story_templates AS now (slug, title, description, document, node_count)
       SELECT slug, title, description, document, jsonb_array_length(document -> 'nodes')
       FROM jsonb_to_recordset($1::jsonb) AS given (slug text, title text, description text, document jsonb)
       ON CONFLICT (slug) DO UPDATE SET (title, description, document, node_count, updated_at)
         = (excluded.title, excluded.description, excluded.document, excluded.node_count, now())
       WHERE (now.title, now.description, now.document)
         IS DISTINCT FROM (excluded.title, excluded.description, excluded.document)`,
      [JSON.stringify(templates)],
    );
  }

  #of(source: TemplateSource, userId: number) {
    return this.#heads().where(OF_SOURCE[source], { userId });
  }

  #heads() {
    return this.#templates.createQueryBuilder('template').select(HEAD);
  }

  get #templates() {
    return this.database.manager.getRepository(TemplateEntity);
  }
}
