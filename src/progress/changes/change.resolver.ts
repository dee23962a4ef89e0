import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Progress, toProgress } from '../playthroughs/progress.type.js';
import { SetVariablesInput, UndoInput } from './change.inputs.js';
import { ChangeService } from './change.service.js';

@Resolver(() => Progress)
export class ChangeResolver {
  constructor(private readonly service: ChangeService) {}

  @Mutation(() => Progress, {
    description:
      'Takes back your last choices, where the story allows it; from an ending too. Dice that you have seen fall the same again.',
  })
  @AccessFor(Access.SignedIn)
  async undo(
    @CurrentViewer() viewer: Viewer,
    @IdArg('progressId', 'progress', { description: 'The playthrough.' }) progressId: number,
    @Args('input', { description: 'How far.' }) input: UndoInput,
  ): Promise<Progress> {
    return toProgress(await this.service.undo(viewer, progressId, input));
  }

  @Mutation(() => Progress, {
    description: 'Sets variables of a playthrough that the author lets readers set.',
  })
  @AccessFor(Access.SignedIn)
  async setVariables(
    @CurrentViewer() viewer: Viewer,
    @IdArg('progressId', 'progress', { description: 'The playthrough.' }) progressId: number,
    @Args('input', { description: 'The variables.' }) input: SetVariablesInput,
  ): Promise<Progress> {
    return toProgress(await this.service.setVariables(viewer, progressId, input));
  }
}
