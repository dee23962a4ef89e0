import { Injectable } from '@nestjs/common';
import { UserRepository } from '../../auth/users/user.repository.js';
import { Database } from '../../database/database.js';
import { DraftDefinitionRepository } from '../../engine/draft-definition.repository.js';
import { problemsOfChange, refuseWith, told } from '../../engine/text/text-problems.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DraftContentRepository } from '../../nodes/drafts/draft-content.repository.js';
import { MapRepository } from '../../nodes/map/map.repository.js';
import { NodeRepository } from '../../nodes/nodes/node.repository.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryService } from '../../stories/story.service.js';
import { numberedIds, toDraftContent } from '../documents/document-mapper.js';
import { mediaByName, mediaIdsIn } from '../documents/document-media.js';
import { DraftDocuments } from '../documents/draft-documents.js';
import type { StoryDocument } from '../formats/story-document.js';
import { fragmentOf } from './fragment.js';
import { inserted, type InsertedNode } from './insertion.js';
import {
  nothingToSave,
  noSuchTemplate,
  notOfThisStory,
  notYourTemplate,
  tooManyNodes,
  tooManyTemplates,
} from './template.errors.js';
import type { TemplateEntity } from './template.entity.js';
import {
  MOST_NODES,
  type CreateFromTemplateInput,
  type InsertTemplateInput,
  type SaveTemplateInput,
  type UpdateTemplateInput,
} from './template.inputs.js';
import { mayKeep, mayUse } from './template.policy.js';
import { TemplateRepository, type TemplateHead } from './template.repository.js';

/** How many templates an author can keep. */
const MOST_TEMPLATES = 200;

/** What came of inserting a template. */
interface Insertion {
  readonly story: StoryEntity;
  readonly nodes: readonly InsertedNode[];
  readonly changeId: number;
}

/** What authors do with templates. */
@Injectable()
export class TemplateService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly changes: DraftChanges,
    private readonly map: MapRepository,
    private readonly nodes: NodeRepository,
    private readonly contents: DraftContentRepository,
    private readonly drafts: DraftDefinitionRepository,
    private readonly documents: DraftDocuments,
    private readonly templates: TemplateRepository,
    private readonly users: UserRepository,
  ) {}

  /** @throws {ApiError} `NOT_FOUND` when there is none that the viewer may use */
  async get(viewer: Viewer, templateId: number): Promise<TemplateHead> {
    const template = await this.templates.findHead(templateId);
    if (template === null || !mayUse(viewer, template)) throw noSuchTemplate();
    return template;
  }

  /** Makes a template of a draft, or of some nodes of it. */
  async save(
    viewer: Viewer,
    storyId: number,
    { nodeIds, title, description, isShared = false }: SaveTemplateInput,
  ): Promise<TemplateEntity> {
    await this.stories.getInspectable(viewer, storyId);
    const document = await this.#partOf(storyId, nodeIds);
    return this.database.transaction(async () => {
      await this.users.lock(viewer.userId);
      if ((await this.templates.count('mine', viewer.userId)) >= MOST_TEMPLATES)
        throw tooManyTemplates(MOST_TEMPLATES);
      return this.templates.insert({
        ownerId: viewer.userId,
        ...{ title, description, isShared, document },
        mediaIds: mediaIdsIn(document),
        nodeCount: document.nodes.length,
      });
    });
  }

  async update(
    viewer: Viewer,
    templateId: number,
    input: UpdateTemplateInput,
  ): Promise<TemplateHead> {
    await this.#getKept(viewer, templateId);
    await this.templates.update(templateId, { ...input });
    return this.get(viewer, templateId);
  }

  async delete(viewer: Viewer, templateId: number): Promise<void> {
    await this.#getKept(viewer, templateId);
    await this.templates.delete(templateId);
  }

  /** Makes a new story of a template. */
  async createStory(
    viewer: Viewer,
    templateId: number,
    { difficultyLevel, ...details }: CreateFromTemplateInput,
  ): Promise<StoryEntity> {
    const template = await this.get(viewer, templateId);
    // What a template is about is told to authors; what the story is about, its author tells.
    const { document, media } = await this.#contentOf(template);
    const { description: _, ...rest } = document;
    const difficulty = difficultyLevel ?? document.difficulty;
    const { storyId } = await this.documents.write(
      viewer,
      { ...rest, ...details, ...(difficulty !== undefined && { difficulty }) },
      { media, note: template.title },
    );
    return this.stories.getEditable(viewer, storyId);
  }

  /**
   * Puts a template into a draft, as one change that can be taken back.
   * @throws {ApiError} `BAD_USER_INPUT` with all that keeps it from fitting in
   */
  async insert(
    viewer: Viewer,
    storyId: number,
    templateId: number,
    placing: InsertTemplateInput,
  ): Promise<Insertion> {
    await this.stories.getEditable(viewer, storyId);
    const template = await this.get(viewer, templateId);
    const { document, media } = await this.#contentOf(template);
    return this.changes.by(
      viewer,
      storyId,
      async (changeId) => {
        await this.contents.lock(storyId);
        const draft = await this.drafts.load(storyId);
        const part = toDraftContent(document, await this.#newIds(document), media);
        const { content, nodes, problems } = inserted(draft, part, {
          ...placing,
          below: (await this.map.lowerLeft(storyId)) ?? undefined,
        });
        refuseWith([...problems, ...problemsOfChange(draft, content, 'templateId')]);
        await this.contents.write(storyId, content);
        return { story: await this.stories.getEditable(viewer, storyId), nodes, changeId };
      },
      { kind: 'insert', note: template.title },
    );
  }

  async #contentOf({ templateId }: TemplateHead) {
    const [template] = await this.templates.findDocuments([templateId]);
    if (template === undefined) throw noSuchTemplate();
    return { document: template.document, media: mediaByName(template.mediaIds) };
  }

  /** What a template keeps of a draft: not where it was imported from, nor the name that is the story’s own. */
  async #partOf(storyId: number, nodeIds: readonly string[] | undefined): Promise<StoryDocument> {
    const { twine: _, slug: __, ...draft } = await this.documents.read(storyId);
    if (draft.nodes.length === 0) throw nothingToSave();
    if (nodeIds === undefined) {
      if (draft.nodes.length > MOST_NODES) throw tooManyNodes(draft.nodes.length, MOST_NODES);
      return draft;
    }
    const { document, missing } = fragmentOf(draft, await this.#keysOf(storyId, nodeIds));
    refuseWith(
      missing.map((naming) =>
        told(
          'input.nodeIds',
          { ...naming, node: naming.node! },
          `goes by node ${naming.name}, which is not among them; add it, or take that out`,
        ),
      ),
    );
    return document;
  }

  async #keysOf(storyId: number, nodeIds: readonly string[]): Promise<Set<string>> {
    const ids = nodeIds.map((id, i) => decodeId('node', id, `input.nodeIds.${i}`));
    const found = (await this.nodes.findByIds(ids)).filter((node) => node.storyId === storyId);
    const known = new Set(found.map(({ nodeId }) => nodeId));
    const strangers = nodeIds.filter((_, i) => !known.has(ids[i]!));
    if (strangers.length > 0) throw notOfThisStory(strangers);
    return new Set(found.map(({ nodeKey }) => nodeKey));
  }

  async #newIds(document: StoryDocument) {
    const { nodes, choices } = numberedIds(document);
    const [nodeIds, choiceIds] = [
      await this.contents.newIds('story_nodes', nodes.length),
      await this.contents.newIds('choices', choices.flat().length),
    ];
    return {
      nodes: nodes.map((place) => nodeIds[place - 1]!),
      choices: choices.map((each) => each.map((place) => choiceIds[place - 1]!)),
    };
  }

  async #getKept(viewer: Viewer, templateId: number): Promise<void> {
    if (!mayKeep(viewer, await this.get(viewer, templateId))) throw notYourTemplate();
  }
}
