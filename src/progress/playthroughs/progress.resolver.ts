import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryNode } from '../../publishing/reader/reader-node.type.js';
import { VersionHeadById } from '../../publishing/versions/version.loaders.js';
import { StoryVersion, toVersion } from '../../publishing/versions/version.type.js';
import { noSuchStory } from '../../stories/story.errors.js';
import { StoryById } from '../../stories/story.loaders.js';
import { Story, toStory } from '../../stories/story.type.js';
import { nodeAsOffered } from '../reading/offered-node.js';
import { TermsOfReading } from '../reading/reading-terms.js';
import { ReadingService } from '../reading/reading.service.js';
import { toEarnedEvent, toEvents } from '../../engine/play-event.type.js';
import { ChoiceService, type ChoiceOutcome } from './choice.service.js';
import { PlayService } from './play.service.js';
import {
  MakeChoiceInput,
  ProgressArgs,
  SaveProgressInput,
  StartStoryInput,
} from './progress.inputs.js';
import { ProgressService } from './progress.service.js';
import {
  ChoiceMadeConnection,
  MakeChoicePayload,
  Progress,
  ProgressConnection,
  toProgress,
  type ChoiceMade,
} from './progress.type.js';
import { SaveService } from './save.service.js';

@Resolver(() => Progress)
export class ProgressResolver {
  constructor(
    private readonly play: PlayService,
    private readonly choices: ChoiceService,
    private readonly saves: SaveService,
    private readonly service: ProgressService,
    private readonly reading: ReadingService,
    private readonly terms: TermsOfReading,
    private readonly stories: StoryById,
    private readonly versions: VersionHeadById,
  ) {}

  @Query(() => ProgressConnection, { description: 'Playthroughs, the latest first.' })
  @AccessFor(Access.SignedIn)
  progress(
    @CurrentViewer() viewer: Viewer,
    @Args() args: ProgressArgs,
  ): Promise<Connection<Progress>> {
    return this.service.list(viewer, args);
  }

  @Query(() => Progress, {
    nullable: true,
    description:
      'Your latest playthrough of a story, an unfinished one first; null if you have none.',
  })
  @AccessFor(Access.SignedIn)
  async storyProgress(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
  ): Promise<Progress | null> {
    const latest = await this.service.latest(viewer, storyId);
    return latest === undefined ? null : toProgress(latest);
  }

  @Mutation(() => Progress, {
    description: 'Takes up your latest unfinished playthrough of a story, or begins one.',
  })
  @AccessFor(Access.SignedIn)
  async startStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story to play.' }) storyId: number,
    @Args('input', { nullable: true, description: 'How to start.' }) input?: StartStoryInput,
  ): Promise<Progress> {
    return toProgress(await this.play.start(viewer, storyId, input ?? {}));
  }

  @Mutation(() => MakeChoicePayload, {
    description: 'Makes a choice. Safe to repeat: the same choice on the same step is made once.',
  })
  @AccessFor(Access.SignedIn)
  async makeChoice(
    @CurrentViewer() viewer: Viewer,
    @RequestLoaders() loaders: Loaders,
    @Args('input', { description: 'The choice.' }) input: MakeChoiceInput,
  ): Promise<MakeChoicePayload> {
    const outcome = await this.choices.choose(viewer, input);
    const progress = toProgress(outcome.progress);
    const { terms } = outcome;
    if (terms) this.terms.over(loaders, viewer).prime(terms.storyId, terms);
    return {
      progress,
      nextNode: await this.currentNode(progress, viewer, loaders),
      ...told(outcome),
    };
  }

  @Mutation(() => Progress, {
    description:
      'Replays a path that was played offline, and keeps it if every choice of it can be made. Safe to repeat.',
  })
  @AccessFor(Access.SignedIn)
  async saveProgress(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'The path.' }) input: SaveProgressInput,
  ): Promise<Progress> {
    return toProgress(await this.saves.save(viewer, input));
  }

  @Mutation(() => Boolean, {
    description: 'Deletes a playthrough. It still counts in your statistics.',
  })
  @AccessFor(Access.SignedIn)
  async deleteProgress(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'progress', { description: 'The playthrough to delete.' }) progressId: number,
  ): Promise<boolean> {
    await this.service.delete(viewer, progressId);
    return true;
  }

  @ResolveField(() => Story, { description: 'The story that is played.' })
  async story(@Parent() { row }: Progress, @RequestLoaders() loaders: Loaders): Promise<Story> {
    const story = await loaders.over(this.stories).load(row.storyId);
    if (story === undefined) throw noSuchStory();
    return toStory(story);
  }

  @ResolveField(() => StoryVersion, { description: 'The version that is played.' })
  async version(
    @Parent() { row }: Progress,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryVersion> {
    const head = await loaders.over(this.versions).load(row.versionId);
    if (head === undefined) throw noSuchStory();
    return toVersion(head);
  }

  @ResolveField(() => StoryNode, { description: 'The node that the reader has before them.' })
  async currentNode(
    @Parent() { row }: Progress,
    @CurrentViewer() viewer: Viewer,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryNode> {
    const reading = await this.reading.openPlayed(viewer, row, loaders);
    if (reading === undefined) throw noSuchStory();
    return nodeAsOffered(reading, row.state);
  }

  @ResolveField(() => ChoiceMadeConnection, {
    description: 'The path taken: every choice, in order.',
  })
  choicesMade(
    @Parent() { row }: Progress,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<ChoiceMade>> {
    return this.service.choicesMade(loaders, row, page);
  }
}

function told({ story, step, progress, rewards, before }: ChoiceOutcome) {
  const consequences = step.events.find(({ type }) => type === 'consequences');
  return {
    events: [...toEvents(story.graph, step.events), ...rewards.map(toEarnedEvent)],
    consequences: consequences?.type === 'consequences' ? consequences.text : null,
    isEnding: progress.isCompleted,
    left: { story, state: before },
  };
}
