import { Args, Int, Mutation, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { AddChoiceInput, UpdateChoiceInput } from './choice.inputs.js';
import { ChoiceService } from './choice.service.js';
import { DraftChoice, toDraftChoice } from './choice.type.js';

@Resolver()
export class ChoiceResolver {
  constructor(private readonly service: ChoiceService) {}

  @Mutation(() => DraftChoice, { description: 'Adds a choice to a node of a draft.' })
  @AccessFor(Access.Registered)
  async addChoice(
    @CurrentViewer() viewer: Viewer,
    @IdArg('fromNodeId', 'node', { description: 'The node it leads away from.' })
    fromNodeId: number,
    @Args('input', { description: 'The new choice.' }) input: AddChoiceInput,
  ): Promise<DraftChoice> {
    const { choice, storyId } = await this.service.add(viewer, fromNodeId, input);
    return toDraftChoice(choice, storyId);
  }

  @Mutation(() => DraftChoice, { description: 'Changes or moves a choice of a draft.' })
  @AccessFor(Access.Registered)
  async updateChoice(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'choice', { description: 'The choice to change.' }) choiceId: number,
    @Args('input', { description: 'What to change.' }) input: UpdateChoiceInput,
  ): Promise<DraftChoice> {
    const { choice, storyId } = await this.service.update(viewer, choiceId, input);
    return toDraftChoice(choice, storyId);
  }

  @Mutation(() => Boolean, {
    description: 'Deletes a choice of a draft; those after it move up a letter.',
  })
  @AccessFor(Access.Registered)
  async deleteChoice(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'choice', { description: 'The choice to delete.' }) choiceId: number,
    @Args('revision', {
      type: () => Int,
      nullable: true,
      description: 'Delete only if this revision is in force; whichever is when left out.',
    })
    revision?: number | null,
  ): Promise<boolean> {
    await this.service.delete(viewer, choiceId, revision ?? undefined);
    return true;
  }
}
