import { Args, Info, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { ReadAhead } from '../../graphql/read-ahead.js';
import { namesIn, namesInItems, type Selection } from '../../graphql/selection.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryRoles } from '../../stories/collaborators/story-roles.js';
import { mayInspect } from '../../stories/story.policy.js';
import { Story } from '../../stories/story.type.js';
import { minutesFor } from '../../stories/words.js';
import { DraftChoice, DraftChoiceConnection, toDraftChoice } from '../choices/choice.type.js';
import { idOrKeyNeeded } from '../node.errors.js';
import { DraftNode, DraftNodeConnection, toDraftNode } from '../nodes/node.type.js';
import { DraftLists } from './draft-lists.js';
import { shapeOf } from './draft-shape.js';
import { DraftTraversal } from './draft-traversal.js';
import { DraftNodeFilter } from './draft.inputs.js';
import { StoryDraft } from './draft.type.js';

@Resolver(() => Story)
export class StoryDraftFieldResolver {
  constructor(private readonly roles: StoryRoles) {}

  @ResolveField(() => StoryDraft, {
    nullable: true,
    description: 'The draft; null for those who do not work on the story.',
  })
  async draft(
    @Parent() { row }: Story,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryDraft | null> {
    const role = await this.roles.load(loaders, viewer, row);
    return mayInspect(role) ? { storyId: row.storyId } : null;
  }
}

@Resolver(() => StoryDraft)
export class DraftResolver {
  constructor(private readonly lists: DraftLists) {}

  @ResolveField(() => DraftNodeConnection, { description: 'The nodes, oldest first.' })
  nodes(
    @Parent() { storyId }: StoryDraft,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
    @Info() selection: Selection,
    @Args('filter', { nullable: true, description: 'Which of them; all when left out.' })
    filter?: DraftNodeFilter,
  ): Promise<Connection<DraftNode>> {
    const shape = shapeOf((...path) => namesInItems(selection, ...path));
    return this.lists.nodes(loaders, storyId, page, { filter: filter ?? {}, shape });
  }

  @ResolveField(() => DraftChoiceConnection, {
    description: 'The choices of all nodes, oldest first.',
  })
  choices(
    @Parent() { storyId }: StoryDraft,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<DraftChoice>> {
    return this.lists.choices(loaders, storyId, page);
  }

  @ResolveField(() => DraftNode, {
    nullable: true,
    description: 'The node with this id, or with this key, if there is one: give one of the two.',
  })
  async node(
    @Parent() { storyId }: StoryDraft,
    @RequestLoaders() loaders: Loaders,
    @Info() selection: Selection,
    @IdArg('id', 'node', { nullable: true, description: 'The id of the node.' }) nodeId?: number,
    @Args('key', { type: () => String, nullable: true, description: 'What the author calls it.' })
    key?: string | null,
  ): Promise<DraftNode | null> {
    if (nodeId !== undefined && !isGiven(key)) {
      return this.lists.nodeById(loaders, storyId, nodeId);
    }
    if (nodeId !== undefined || !isGiven(key)) throw idOrKeyNeeded();
    const shape = shapeOf((...path) => namesIn(selection, ...path));
    return this.lists.node(loaders, storyId, key, shape);
  }

  @ResolveField(() => DraftChoice, {
    nullable: true,
    description: 'The choice with this id, if there is one.',
  })
  choice(
    @Parent() { storyId }: StoryDraft,
    @RequestLoaders() loaders: Loaders,
    @IdArg('id', 'choice', { description: 'The id of the choice.' }) choiceId: number,
  ): Promise<DraftChoice | null> {
    return this.lists.choiceById(loaders, storyId, choiceId);
  }

  @ResolveField(() => DraftNode, {
    nullable: true,
    description: 'Where the story starts, if that is settled.',
  })
  startNode(
    @Parent() { storyId }: StoryDraft,
    @RequestLoaders() loaders: Loaders,
    @Info() selection: Selection,
  ): Promise<DraftNode | null> {
    const shape = shapeOf((...path) => namesIn(selection, ...path));
    return this.lists.startNode(loaders, storyId, shape);
  }

  @ResolveField(() => Boolean, { description: 'Whether it has no node yet.' })
  async isEmpty(
    @Parent() { storyId }: StoryDraft,
    @RequestLoaders() loaders: Loaders,
  ): Promise<boolean> {
    return (await this.lists.nodes(loaders, storyId, { first: 1 })).nodes.length === 0;
  }

  @ResolveField(() => Int, {
    description: 'How many words the texts of its nodes have, without Liquid and marks.',
  })
  wordCount(
    @Parent() { storyId }: StoryDraft,
    @RequestLoaders() loaders: Loaders,
  ): Promise<number> {
    return this.lists.words(loaders, storyId);
  }

  @ResolveField(() => Int, {
    description: 'How long reading all of it takes, at 200 words a minute; 0 only without words.',
  })
  async readingMinutes(
    @Parent() { storyId }: StoryDraft,
    @RequestLoaders() loaders: Loaders,
  ): Promise<number> {
    return minutesFor(await this.lists.words(loaders, storyId));
  }
}

const isGiven = (key: string | null | undefined) => key !== undefined && key !== null;

@Resolver(() => DraftNode)
export class DraftNodeFieldResolver {
  constructor(
    private readonly traversal: DraftTraversal,
    private readonly lists: DraftLists,
  ) {}

  @ReadAhead()
  @ResolveField(() => [DraftChoice], { description: 'The ways on, in order.' })
  async choices(
    @Parent() { row }: DraftNode,
    @RequestLoaders() loaders: Loaders,
  ): Promise<DraftChoice[]> {
    const choices = await this.traversal.walk(loaders).choicesOf.load(row);
    return choices.map((choice) => toDraftChoice(choice, row.storyId));
  }

  @ResolveField(() => Int, {
    description: 'How many words its text has, without Liquid and marks; every branch counts.',
  })
  wordCount(@Parent() { row }: DraftNode, @RequestLoaders() loaders: Loaders): Promise<number> {
    return this.lists.wordsOf(loaders, row);
  }
}

@Resolver(() => DraftChoice)
export class DraftChoiceFieldResolver {
  constructor(private readonly traversal: DraftTraversal) {}

  @ReadAhead()
  @ResolveField(() => DraftNode, {
    nullable: true,
    description: 'The node it leads to; null while that is open, or when that node was deleted.',
  })
  toNode(
    @Parent() choice: DraftChoice,
    @RequestLoaders() loaders: Loaders,
  ): Promise<DraftNode | null> {
    return this.#node(choice, choice.row.toNodeId, loaders);
  }

  @ReadAhead()
  @ResolveField(() => DraftNode, {
    nullable: true,
    description: 'The node that failing leads to; null without one, or when that was deleted.',
  })
  failToNode(
    @Parent() choice: DraftChoice,
    @RequestLoaders() loaders: Loaders,
  ): Promise<DraftNode | null> {
    return this.#node(choice, choice.row.failToNodeId, loaders);
  }

  @ResolveField(() => DraftNode, { description: 'The node it leads away from.' })
  fromNode(
    @Parent() choice: DraftChoice,
    @RequestLoaders() loaders: Loaders,
  ): Promise<DraftNode | null> {
    return this.#node(choice, choice.row.fromNodeId, loaders);
  }

  async #node(
    { storyId }: DraftChoice,
    nodeId: number | null,
    loaders: Loaders,
  ): Promise<DraftNode | null> {
    if (nodeId === null) return null;
    const node = await this.traversal.walk(loaders).node.load({ storyId, nodeId });
    return node === undefined ? null : toDraftNode(node);
  }
}
