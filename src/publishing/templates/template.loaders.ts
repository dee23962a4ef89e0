import { Injectable } from '@nestjs/common';
import { inKeyOrder, type BatchSource } from '../../graphql/loaders.js';
import type { StoryDocument } from '../formats/story-document.js';
import { TemplateRepository } from './template.repository.js';

@Injectable()
export class TemplateDocumentById implements BatchSource<number, StoryDocument | undefined> {
  constructor(private readonly templates: TemplateRepository) {}

  async loadMany(templateIds: readonly number[]) {
    const rows = inKeyOrder(
      templateIds,
      await this.templates.findDocuments(templateIds),
      ({ templateId }) => templateId,
    );
    return rows.map((row) => row?.document);
  }
}
