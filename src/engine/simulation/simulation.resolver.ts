import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { MOST_OF_AN_OPERATION } from '../../graphql/limits.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { SimulationService } from './simulation.service.js';
import { Simulation, SimulationArgs, toSimulation } from './simulation.type.js';

@Resolver(() => Simulation)
export class SimulationResolver {
  constructor(private readonly service: SimulationService) {}

  @Query(() => Simulation, {
    description: 'Plays a story’s draft at random many times, and tells what came of it.',
    complexity: MOST_OF_AN_OPERATION,
  })
  @AccessFor(Access.Registered)
  async simulateStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story to play.' }) storyId: number,
    @Args() args: SimulationArgs,
  ): Promise<Simulation> {
    return toSimulation(await this.service.simulateDraft(viewer, storyId, args));
  }
}
