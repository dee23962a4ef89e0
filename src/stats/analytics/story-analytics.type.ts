import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LocalDateResolver } from 'graphql-scalars';
import { encodeId } from '../../graphql/ids.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import type { DayRange } from '../day-range.js';
import type { DayRow, FiguresRow, LengthsRow } from './analytics.repository.js';
import type { Selection } from './periods.js';

export enum WithheldReason {
  FEW_READERS = 'FEW_READERS',
}

registerEnumType(WithheldReason, {
  name: 'WithheldReason',
  description: 'Why a figure is not told.',
  valuesMap: {
    FEW_READERS: {
      description:
        'It is of fewer readers than `minimumReaders`, or such a figure could be reckoned from it.',
    },
  },
});

/** Fewer readers than may be told of. */
export const few = (isWithheld: boolean): WithheldReason | null =>
  isWithheld ? WithheldReason.FEW_READERS : null;

@ObjectType({ isAbstract: true })
abstract class PlayFigures {
  @Field(() => Int, { nullable: true, description: 'Different readers who played.' })
  readers: number | null;

  @Field(() => Int, { nullable: true, description: 'Playthroughs begun.' })
  starts: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Choices made, with those that were gone back on.',
  })
  choices: number | null;

  @Field(() => Int, { nullable: true, description: 'Endings reached.' })
  finishes: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The share of these readers who reached an ending, 0 to 1; null without readers.',
  })
  completionRate: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How often readers sat down to play: a playthrough that is begun, or gone on with after half an hour.',
  })
  sessions: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Time spent playing, in seconds; a pause counts for ten minutes at most.',
  })
  playSeconds: number | null;

  @Field(() => WithheldReason, {
    nullable: true,
    description: 'Why figures are null; null where none is withheld.',
  })
  withheld: WithheldReason | null;
}

@ObjectType({ description: 'What readers did in a story.' })
export class StoryFigures extends PlayFigures {
  @Field(() => Int, { nullable: true, description: 'Readers who played on more than one day.' })
  returningReaders: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How often readers came back: days on which they played after their first one.',
  })
  returnVisits: number | null;
}

@ObjectType({ description: 'What readers did in a story on one day of universal time.' })
export class StoryDay extends PlayFigures {
  @Field(() => LocalDateResolver, { description: 'The day.' })
  day: string;
}

@ObjectType({ description: 'What readers did in one version of a story.' })
export class VersionFigures extends StoryFigures {
  /** Not exposed: what resolvers go on from. */
  readonly versionId: number;
}

@ObjectType({ description: 'Values that parts of a list do not exceed.' })
export class Percentiles {
  @Field(() => Float, { description: 'A tenth of the values are no higher.' })
  p10: number;

  @Field(() => Float, { description: 'A quarter of the values are no higher.' })
  p25: number;

  @Field(() => Float, { description: 'The median: half of the values are no higher.' })
  p50: number;

  @Field(() => Float, { description: 'Three quarters of the values are no higher.' })
  p75: number;

  @Field(() => Float, { description: 'Nine tenths of the values are no higher.' })
  p90: number;
}

@ObjectType({
  description:
    'How long endings took, of those that were reached without help: no choice was made offline, and no variable set by hand.',
})
export class FinishLengths {
  @Field(() => Int, { nullable: true, description: 'How many such endings were reached.' })
  finishes: number | null;

  @Field(() => Percentiles, {
    nullable: true,
    description: 'The play time, in seconds; between two values it is interpolated.',
  })
  seconds: Percentiles | null;

  @Field(() => Percentiles, { nullable: true, description: 'How many choices led there.' })
  choices: Percentiles | null;

  @Field(() => WithheldReason, {
    nullable: true,
    description: 'Why figures are null though there are such finishes.',
  })
  withheld: WithheldReason | null;
}

@ObjectType({
  description:
    'What readers do in a story, for those who work on it. Figures are counted in the background, within seconds. What a few readers did is not told: days are put together until enough readers played, and figures are of these alone.',
})
export class StoryAnalytics {
  @Field(() => ID, { description: 'The story.' })
  storyId: string;

  @Field(() => LocalDateResolver, { description: 'The first day, of universal time.' })
  from: string;

  @Field(() => LocalDateResolver, { description: 'The last day.' })
  to: string;

  @Field(() => Int, { description: 'Of how many readers a figure must be to be told.' })
  minimumReaders: number;

  @Field({
    description:
      'Whether something was played on these days that no figure counts, as too few readers have done it yet.',
  })
  isPartial: boolean;

  /** Not exposed: what resolvers go on from. */
  readonly asked: AskedAnalytics;
}

/** What somebody may be told of a story. */
export interface AskedAnalytics {
  readonly story: StoryEntity;
  readonly range: DayRange;
  /** The one version that is asked for. */
  readonly versionId: number | undefined;
  readonly least: number;
  readonly selection: Selection;
}

export const toAnalytics = (asked: AskedAnalytics): StoryAnalytics => ({
  storyId: encodeId('story', asked.story.storyId),
  ...asked.range,
  minimumReaders: asked.least,
  isPartial: asked.selection.isPartial,
  asked,
});

/** The parts of a figure row that may be of fewer readers than played. */
export type Part = 'starts' | 'choices' | 'finishes';

/** By part: how many readers it is of. */
export const READERS_OF = {
  starts: 'starters',
  choices: 'choosers',
  finishes: 'finishers',
} as const satisfies Record<Part, keyof FiguresRow>;

const SECOND = 1000;

const NOTHING: FiguresRow = {
  ...{ readers: 0, starts: 0, starters: 0, choices: 0, choosers: 0, finishes: 0, finishers: 0 },
  ...{ sessions: 0, playMs: 0, returning: 0, returns: 0 },
};

const WITHHELD: PlayFigures = {
  ...{ readers: null, starts: null, choices: null, finishes: null, completionRate: null },
  ...{ sessions: null, playSeconds: null, withheld: WithheldReason.FEW_READERS },
};

/** @param row left out where nothing may be told, or nothing was played */
export function toFigures(
  row: FiguresRow | undefined,
  { isPlayed, withheld }: { isPlayed: boolean; withheld: (part: Part | 'returning') => boolean },
): StoryFigures {
  if (row === undefined && isPlayed)
    return { ...WITHHELD, returningReaders: null, returnVisits: null };
  const { returning, returns, ...told } = row ?? NOTHING;
  const isReturningWithheld = withheld('returning');
  const day = toDay(told, withheld);
  return {
    ...day,
    returningReaders: isReturningWithheld ? null : returning,
    returnVisits: isReturningWithheld ? null : returns,
    withheld: day.withheld ?? few(isReturningWithheld),
  };
}

type PlayRow = Omit<DayRow, 'day'>;

const toDay = (row: PlayRow, withheld: (part: Part) => boolean): PlayFigures => {
  const told = (part: Part) => (withheld(part) ? null : row[part]);
  const finishes = told('finishes');
  const [starts, choices] = [told('starts'), told('choices')];
  return {
    readers: row.readers,
    ...{ starts, choices, finishes },
    completionRate: finishes === null || row.readers === 0 ? null : row.finishers / row.readers,
    sessions: row.sessions,
    playSeconds: Math.floor(row.playMs / SECOND),
    withheld: few([starts, choices, finishes].includes(null)),
  };
};

/** @param row left out where nothing may be told, or nothing was played */
export function toStoryDay(
  day: string,
  row: DayRow | undefined,
  { isPlayed, withheld }: { isPlayed: boolean; withheld: (part: Part) => boolean },
): StoryDay {
  if (row === undefined && isPlayed) return { day, ...WITHHELD };
  return { day, ...toDay(row ?? NOTHING, withheld) };
}

export function toLengths(
  { finishes, finishers, times, steps }: LengthsRow,
  least: number,
): FinishLengths {
  const isWithheld = finishers > 0 && finishers < least;
  return {
    finishes: isWithheld ? null : finishes,
    seconds: isWithheld ? null : toPercentiles(times?.map((time) => time / SECOND)),
    choices: isWithheld ? null : toPercentiles(steps),
    withheld: few(isWithheld),
  };
}

function toPercentiles(values: readonly number[] | null | undefined): Percentiles | null {
  if (!values) return null;
  const [p10, p25, p50, p75, p90] = values as [number, number, number, number, number];
  return { p10, p25, p50, p75, p90 };
}
