import { Args, ArgsType, Field, Int, Query, Resolver } from '@nestjs/graphql';
import { Max, Min } from 'class-validator';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { MOST_OF_AN_OPERATION } from '../../graphql/limits.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DayRangeArgs } from '../day-range.js';
import { SuggestionService } from './suggestion.service.js';
import { ChoiceSuggestion } from './suggestion.type.js';

@ArgsType()
class SuggestionArgs extends DayRangeArgs {
  @Field(() => Int, {
    defaultValue: 0,
    description:
      'For how many of the first places a language model is to propose a choice: 0 to 5. Their texts are sent to it; more than 0 needs an installation with one.',
  })
  @Min(0, { message: 'must be at least 0' })
  @Max(5, { message: 'must be at most 5' })
  texts: number;
}

@Resolver()
export class SuggestionResolver {
  constructor(private readonly service: SuggestionService) {}

  @Query(() => [ChoiceSuggestion], {
    description:
      'Places of a story’s draft that might gain from another branch, 50 at most, by its structure and by what readers did in the published version on these days; for those who work on it.',
    complexity: MOST_OF_AN_OPERATION,
  })
  @AccessFor(Access.Registered)
  suggestChoices(
    @CurrentViewer() viewer: Viewer,
    @RequestLoaders() loaders: Loaders,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args() args: SuggestionArgs,
  ): Promise<ChoiceSuggestion[]> {
    return this.service.suggest(viewer, storyId, { ...args, loaders });
  }
}
