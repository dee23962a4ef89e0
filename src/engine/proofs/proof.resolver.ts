import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, paginateById, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { ProofRecord, VerdictRecord } from '../core/prover/proof-record.js';
import { ProofService } from './proof.service.js';
import {
  ChoiceVerdictConnection,
  NodeVerdictConnection,
  StoryProof,
  toChoiceVerdict,
  toNodeVerdict,
  toProof,
  type ChoiceVerdict,
  type NodeVerdict,
} from './proof.type.js';

@Resolver(() => StoryProof)
export class ProofResolver {
  constructor(private readonly service: ProofService) {}

  @Mutation(() => StoryProof, {
    description:
      'Has the draft proved in the background: whether any reader can get stuck. Ask for storyProof until it is DONE. The same draft is proved once.',
  })
  @AccessFor(Access.Registered)
  async proveStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story to prove.' }) storyId: number,
  ): Promise<StoryProof> {
    return toProof(await this.service.request(viewer, storyId));
  }

  @Query(() => StoryProof, {
    nullable: true,
    description:
      'The proof of a story’s draft; that of an earlier draft where this one has none, and null where there is none at all.',
  })
  @AccessFor(Access.Registered)
  async storyProof(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
  ): Promise<StoryProof | null> {
    const proof = await this.service.ofDraft(viewer, storyId);
    return proof && toProof(proof);
  }

  @ResolveField(() => Boolean, { description: 'Whether the draft is still what it was.' })
  isCurrent(@Parent() { row }: StoryProof): Promise<boolean> {
    return this.service.isCurrent(row);
  }

  @ResolveField(() => NodeVerdictConnection, { description: 'Of every node, by its id.' })
  nodes(
    @Parent() { id, row: { result } }: StoryProof,
    @Args() page: PageArgs,
  ): Promise<Connection<NodeVerdict>> {
    return pageOf(`${id} nodes`, page, result?.nodes ?? [], (found) =>
      toNodeVerdict(result!, found),
    );
  }

  @ResolveField(() => ChoiceVerdictConnection, { description: 'Of every choice, by its id.' })
  choices(
    @Parent() { id, row: { result } }: StoryProof,
    @Args() page: PageArgs,
  ): Promise<Connection<ChoiceVerdict>> {
    return pageOf(`${id} choices`, page, result?.choices ?? [], (found) =>
      toChoiceVerdict(result!, found),
    );
  }
}

const pageOf = <Node>(
  list: string,
  page: PageArgs,
  verdicts: ProofRecord['nodes'],
  toNode: (found: VerdictRecord) => Node,
): Promise<Connection<Node>> => paginateById(verdicts, ({ id }) => id, { page, list }, toNode);
