import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserById } from '../../auth/users/user.loaders.js';
import { toUser, User } from '../../auth/users/user.type.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, paginate, paginateInOrder, type Connection } from '../../graphql/connection.js';
import { encodeId, IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Story, toStory } from '../../stories/story.type.js';
import {
  CreateFromTemplateInput,
  InsertTemplateInput,
  SaveTemplateInput,
  UpdateTemplateInput,
} from './template.inputs.js';
import { TemplateDocumentById } from './template.loaders.js';
import { TemplateRepository } from './template.repository.js';
import { TemplateService } from './template.service.js';
import {
  InsertedNodeConnection,
  InsertTemplatePayload,
  StoryTemplate,
  StoryTemplateConnection,
  TemplateNodeConnection,
  TemplateSourceName,
  toInsertedNode,
  toTemplate,
  toTemplateNode,
  type InsertedNode,
  type TemplateNode,
} from './template.type.js';

@Resolver(() => StoryTemplate)
export class TemplateResolver {
  constructor(
    private readonly service: TemplateService,
    private readonly templates: TemplateRepository,
    private readonly users: UserById,
    private readonly documents: TemplateDocumentById,
  ) {}

  @Query(() => StoryTemplateConnection, {
    description: 'Templates to begin a story with, newest first.',
  })
  @AccessFor(Access.Registered)
  templateLibrary(
    @CurrentViewer() { userId }: Viewer,
    @Args() page: PageArgs,
    @Args('source', {
      type: () => TemplateSourceName,
      defaultValue: TemplateSourceName.ALL,
      description: 'Where they come from.',
    })
    source: TemplateSourceName,
  ): Promise<Connection<StoryTemplate>> {
    return paginate(
      {
        page,
        list: `templates ${source}`,
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          this.templates.findPage(source, userId, limit, before as number | undefined),
        keysetOf: ({ templateId }) => [templateId],
        count: () => this.templates.count(source, userId),
      },
      toTemplate,
    );
  }

  @Query(() => StoryTemplate, { description: 'A template that you may use.' })
  @AccessFor(Access.Registered)
  async template(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'template', { description: 'The template.' }) templateId: number,
  ): Promise<StoryTemplate> {
    return toTemplate(await this.service.get(viewer, templateId));
  }

  @Mutation(() => StoryTemplate, {
    description:
      'Keeps a draft, or some nodes of it, as a template. Choices that lead out of these nodes then lead nowhere.',
  })
  @AccessFor(Access.Registered)
  async saveTemplate(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'The template.' }) input: SaveTemplateInput,
  ): Promise<StoryTemplate> {
    return toTemplate(await this.service.save(viewer, storyId, input));
  }

  @Mutation(() => StoryTemplate, { description: 'Changes what a template says of itself.' })
  @AccessFor(Access.Registered)
  async updateTemplate(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'template', { description: 'The template.' }) templateId: number,
    @Args('input', { description: 'What to change.' }) input: UpdateTemplateInput,
  ): Promise<StoryTemplate> {
    return toTemplate(await this.service.update(viewer, templateId, input));
  }

  @Mutation(() => Boolean, {
    description: 'Deletes a template. Stories that were made from it stay.',
  })
  @AccessFor(Access.Registered)
  async deleteTemplate(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'template', { description: 'The template.' }) templateId: number,
  ): Promise<boolean> {
    await this.service.delete(viewer, templateId);
    return true;
  }

  @Mutation(() => Story, { description: 'Makes a new story of a template.' })
  @AccessFor(Access.Registered)
  async createStoryFromTemplate(
    @CurrentViewer() viewer: Viewer,
    @IdArg('templateId', 'template', { description: 'The template.' }) templateId: number,
    @Args('input', { description: 'The details of the story.' }) input: CreateFromTemplateInput,
  ): Promise<Story> {
    return toStory(await this.service.createStory(viewer, templateId, input));
  }

  @Mutation(() => InsertTemplatePayload, {
    description:
      'Puts a template into a draft, as one change. Keys that the draft has already are changed in the template.',
  })
  @AccessFor(Access.Registered)
  async insertTemplate(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @IdArg('templateId', 'template', { description: 'The template.' }) templateId: number,
    @Args('input', { nullable: true, description: 'Where it goes.' }) input?: InsertTemplateInput,
  ): Promise<InsertTemplatePayload> {
    const { story, nodes, changeId } = await this.service.insert(
      viewer,
      storyId,
      templateId,
      input ?? {},
    );
    return { story: toStory(story), changeId: encodeId('change', changeId), inserted: nodes };
  }

  @ResolveField(() => User, {
    nullable: true,
    description: 'Who saved it; null where it comes with Talegraph.',
  })
  async owner(
    @Parent() { row }: StoryTemplate,
    @RequestLoaders() loaders: Loaders,
  ): Promise<User | null> {
    if (row.ownerId === null) return null;
    const user = await loaders.over(this.users).load(row.ownerId);
    return user === undefined ? null : toUser(user);
  }

  @ResolveField(() => TemplateNodeConnection, { description: 'The nodes, in order.' })
  async nodes(
    @Parent() { id, row }: StoryTemplate,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<TemplateNode>> {
    const document = await loaders.over(this.documents).load(row.templateId);
    return paginateInOrder(document?.nodes ?? [], { page, list: `${id} nodes` }, toTemplateNode);
  }
}

@Resolver(() => InsertTemplatePayload)
export class InsertTemplatePayloadResolver {
  @ResolveField(() => InsertedNodeConnection, { description: 'Its nodes, in order.' })
  nodes(
    @Parent() { inserted }: InsertTemplatePayload,
    @Args() page: PageArgs,
  ): Promise<Connection<InsertedNode>> {
    return paginateInOrder(inserted, { page, list: 'InsertTemplatePayload.nodes' }, toInsertedNode);
  }
}
