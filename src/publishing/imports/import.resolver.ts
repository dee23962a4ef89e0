import { Args, Float, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, paginate, paginateInOrder, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryById } from '../../stories/story.loaders.js';
import { Story, toStory } from '../../stories/story.type.js';
import { FidelityReport } from './fidelity.type.js';
import { ImportProblem, ImportProblemConnection, toImportProblem } from './import-problem.type.js';
import { ImportStoriesInput } from './import.inputs.js';
import { ImportRepository } from './import.repository.js';
import { ImportService } from './import.service.js';
import {
  ImportedStory,
  ImportedStoryConnection,
  ImportJob,
  ImportJobConnection,
  progressOf,
  toImportedStory,
  toImportJob,
} from './import.type.js';

@Resolver(() => ImportJob)
export class ImportResolver {
  constructor(
    private readonly service: ImportService,
    private readonly imports: ImportRepository,
  ) {}

  @Mutation(() => ImportJob, {
    description:
      'Imports the stories of a file in the background, each whole or not at all. Ask for importJob until it is DONE. A story that you have already, by its slug or IFID, is updated; undoDraft takes that back.',
  })
  @AccessFor(Access.Registered)
  async importStories(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'The file, and what to do with it.' }) input: ImportStoriesInput,
  ): Promise<ImportJob> {
    return toImportJob(await this.service.request(viewer, input));
  }

  @Query(() => ImportJob, { description: 'An import of yours.' })
  @AccessFor(Access.Registered)
  async importJob(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'import', { description: 'Its id.' }) id: number,
  ): Promise<ImportJob> {
    return toImportJob(await this.service.get(viewer, id));
  }

  @Query(() => ImportJobConnection, { description: 'Your imports, newest first.' })
  @AccessFor(Access.Registered)
  importJobs(
    @CurrentViewer() { userId }: Viewer,
    @Args() page: PageArgs,
  ): Promise<Connection<ImportJob>> {
    return paginate(
      {
        page,
        list: 'imports',
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          this.imports.findPage(userId, limit, before as number | undefined),
        keysetOf: ({ importId }) => [importId],
        count: () => this.imports.count(userId),
      },
      toImportJob,
    );
  }

  @ResolveField(() => Int, { description: 'How many stories are dealt with so far.' })
  storiesDone(@Parent() { row }: ImportJob, @RequestLoaders() loaders: Loaders): Promise<number> {
    return this.#counts(loaders).load(row.importId);
  }

  @ResolveField(() => Float, { description: 'How much of it is done, 0 to 1.' })
  async progress(
    @Parent() { row }: ImportJob,
    @RequestLoaders() loaders: Loaders,
  ): Promise<number> {
    return progressOf(row, await this.#counts(loaders).load(row.importId));
  }

  @ResolveField(() => ImportedStoryConnection, {
    description: 'What became of each story so far, in the order of the file.',
  })
  async stories(
    @Parent() { id, row }: ImportJob,
    @Args() page: PageArgs,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Connection<ImportedStory>> {
    const stories = await this.#stories(loaders).load(row.importId);
    return paginateInOrder(stories, { page, list: `${id} stories` }, toImportedStory);
  }

  @ResolveField(() => ImportProblemConnection, {
    description: 'All that is wrong: with the file, then with each of its stories.',
  })
  async problems(
    @Parent() { id, row }: ImportJob,
    @Args() page: PageArgs,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Connection<ImportProblem>> {
    const stories = await this.#stories(loaders).load(row.importId);
    const problems = [
      ...row.problems.map((problem) => toImportProblem(problem)),
      ...stories.flatMap(({ problems, title }) =>
        problems.map((problem) => toImportProblem(problem, title)),
      ),
    ];
    return paginateInOrder(problems, { page, list: `${id} problems` }, (problem) => problem);
  }

  #stories(loaders: Loaders) {
    return loaders.about(this, 'stories', (ids) => this.imports.findStories(ids), []);
  }

  #counts(loaders: Loaders) {
    return loaders.about(this, 'counts', (ids) => this.imports.countStories(ids), 0);
  }
}

@Resolver(() => ImportedStory)
export class ImportedStoryResolver {
  constructor(private readonly stories: StoryById) {}

  @ResolveField(() => Story, {
    nullable: true,
    description: 'The story; null where it was refused, would be new in a dry run, or is deleted.',
  })
  async story(
    @Parent() { row }: ImportedStory,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Story | null> {
    if (row.storyId === null) return null;
    const story = await loaders.over(this.stories).load(row.storyId);
    return story?.deletedAt === null ? toStory(story) : null;
  }

  @ResolveField(() => ImportProblemConnection, { description: 'What is wrong with it.' })
  problems(
    @Parent() { row }: ImportedStory,
    @Args() page: PageArgs,
  ): Promise<Connection<ImportProblem>> {
    const list = `import ${row.importId} ${row.place} problems`;
    return paginateInOrder(row.problems, { page, list }, (problem) =>
      toImportProblem(problem, row.title),
    );
  }

  @ResolveField(() => FidelityReport, {
    nullable: true,
    description: 'What became of its links and its code, for stories made with Twine.',
  })
  report(@Parent() { row: { importId, place, report } }: ImportedStory): FidelityReport | null {
    if (report === null) return null;
    const { isReachabilityKnown } = report;
    return { isReachabilityKnown, report, list: `import ${importId} ${place}` };
  }
}
