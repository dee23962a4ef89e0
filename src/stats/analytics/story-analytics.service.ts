import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { badField } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { VersionRepository } from '../../publishing/versions/version.repository.js';
import { StoryService } from '../../stories/story.service.js';
import { dayRange, type DayRangeArgs } from '../day-range.js';
import { dayBefore, daysFrom, today } from '../days.js';
import { AnalyticsRepository, type DayRow, type FiguresRow } from './analytics.repository.js';
import { select } from './periods.js';
import { isFew, withheldOf } from './small-groups.js';
import {
  READERS_OF,
  toFigures,
  toLengths,
  toStoryDay,
  type AskedAnalytics,
  type FinishLengths,
  type Part,
  type StoryDay,
  type StoryFigures,
  type VersionFigures,
} from './story-analytics.type.js';

/** What the authors of a story are told of its readers, but for what a few of these did. */
@Injectable()
export class StoryAnalyticsService {
  constructor(
    private readonly config: Config,
    private readonly stories: StoryService,
    private readonly versions: VersionRepository,
    private readonly analytics: AnalyticsRepository,
  ) {}

  /**
   * @param versionId every version when left out
   * @throws {ApiError} `BAD_USER_INPUT` for more than a year, and for the version of another story; as all that only
   *   collaborators may
   */
  async open(
    viewer: Viewer,
    storyId: number,
    { versionId, ...args }: DayRangeArgs & { versionId: number | undefined },
  ): Promise<AskedAnalytics> {
    const story = await this.stories.getInspectable(viewer, storyId);
    const range = dayRange(args, today('UTC'));
    if (versionId !== undefined) {
      const [head] = await this.versions.findHeads([versionId]);
      if (head?.storyId !== storyId) throw badField('versionId', 'must be a version of this story');
    }
    const least = this.config.analyticsMinReaders;
    const played = { versionId, to: range.to, most: least };
    const days = await this.analytics.playedDays(storyId, played);
    return { story, range, versionId, least, selection: select(days, range.from, least) };
  }

  async figures({ story, selection, least }: AskedAnalytics): Promise<StoryFigures> {
    const [row] = await this.analytics.figures(story.storyId, selection.spans, false);
    return toFigures(row, {
      isPlayed: selection.isPartial,
      withheld: (part) => row !== undefined && isFew(row[readersOf(part)], least),
    });
  }

  /** Every day, with zeros where nothing was played. */
  async days({ story, range, selection, least }: AskedAnalytics): Promise<StoryDay[]> {
    const rows = await this.analytics.days(story.storyId, selection.singleDays);
    const rowOf = new Map(rows.map((row) => [row.day, row]));
    const isWithheld = withheldIn(rows, least);
    return Array.from({ length: daysFrom(range.from, range.to) }, (_, i) => {
      const day = dayBefore(range.from, -i);
      const row = rowOf.get(day);
      return toStoryDay(day, row, {
        isPlayed: selection.days.has(day),
        withheld: (part) => isWithheld(part, row),
      });
    });
  }

  /** The versions that were played, the newest first. */
  async byVersion({ story, selection, least }: AskedAnalytics): Promise<VersionFigures[]> {
    const rows = await this.analytics.figures(story.storyId, selection.spans, true);
    const rowOf = new Map(rows.map((row) => [row.versionId, row]));
    const isWithheld = withheldIn(rows, least);
    return selection.versionIds
      .toSorted((one, other) => other - one)
      .map((versionId) => {
        const row = rowOf.get(versionId);
        const withheld = (part: Part | 'returning') =>
          part === 'returning'
            ? row !== undefined && isFew(row.returning, least)
            : isWithheld(part, row);
        return { versionId, ...toFigures(row, { isPlayed: true, withheld }) };
      });
  }

  async lengths({ story, selection, least }: AskedAnalytics): Promise<FinishLengths> {
    return toLengths(await this.analytics.lengths(story.storyId, selection.spans), least);
  }
}

const readersOf = (part: Part | 'returning') => (part === 'returning' ? part : READERS_OF[part]);

/** Rows that add up to a row that is told: of each part, which to withhold. */
function withheldIn<Row extends FiguresRow | DayRow>(rows: readonly Row[], least: number) {
  const withheld = Object.fromEntries(
    Object.entries(READERS_OF).map(([part, readers]) => {
      const each = withheldOf(
        rows.map((row) => row[readers]),
        least,
      );
      return [part, new Set<Row | undefined>(rows.filter((_, place) => each[place]))];
    }),
  ) as Partial<Record<Part, ReadonlySet<Row | undefined>>>;
  return (part: Part, row: Row | undefined) => withheld[part]!.has(row);
}
