import { Args, Field, ObjectType, Query, registerEnumType, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { MOST_OF_AN_OPERATION } from '../../graphql/limits.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DayRangeArgs } from '../day-range.js';
import { csvOfChoices, csvOfDays, csvOfNodes } from './analytics-csv.js';
import { PlaceAnalyticsService } from './place-analytics.service.js';
import { StoryAnalyticsService } from './story-analytics.service.js';
import type { AskedAnalytics } from './story-analytics.type.js';

enum AnalyticsTable {
  DAYS = 'DAYS',
  NODES = 'NODES',
  CHOICES = 'CHOICES',
}

registerEnumType(AnalyticsTable, {
  name: 'AnalyticsTable',
  description: 'Which analytics a file has.',
  valuesMap: {
    DAYS: { description: 'A row for each day.' },
    NODES: { description: 'A row for each node.' },
    CHOICES: { description: 'A row for each choice.' },
  },
});

@ObjectType({ description: 'Analytics of a story as a file.' })
class AnalyticsFile {
  @Field({ description: 'What to call the file.' })
  filename: string;

  @Field({ description: 'Its media type.' })
  mediaType: string;

  @Field({
    description:
      'What is in it: comma-separated values under a heading, as spreadsheets open them. What is withheld is empty.',
  })
  content: string;
}

@Resolver()
export class AnalyticsCsvResolver {
  constructor(
    private readonly service: StoryAnalyticsService,
    private readonly places: PlaceAnalyticsService,
  ) {}

  @Query(() => AnalyticsFile, {
    description:
      'One of the tables of `storyAnalytics`, whole, as CSV; for those who work on the story.',
    complexity: MOST_OF_AN_OPERATION,
  })
  @AccessFor(Access.Registered)
  async storyAnalyticsCsv(
    @CurrentViewer() viewer: Viewer,
    @RequestLoaders() loaders: Loaders,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('table', { type: () => AnalyticsTable, description: 'Which one.' })
    table: AnalyticsTable,
    @Args() range: DayRangeArgs,
    @IdArg('versionId', 'version', { nullable: true, description: 'As storyAnalytics takes it.' })
    versionId?: number,
  ): Promise<AnalyticsFile> {
    const asked = await this.service.open(viewer, storyId, { ...range, versionId });
    return {
      filename: `${asked.story.slug}-${table.toLowerCase()}.csv`,
      mediaType: 'text/csv; charset=utf-8',
      content: await this.#content(asked, loaders, table),
    };
  }

  async #content(asked: AskedAnalytics, loaders: Loaders, table: AnalyticsTable): Promise<string> {
    if (table === AnalyticsTable.DAYS) return csvOfDays(await this.service.days(asked));
    const nodes = (await this.places.places(asked, loaders))?.nodes ?? [];
    return table === AnalyticsTable.NODES ? csvOfNodes(nodes) : csvOfChoices(nodes);
  }
}
