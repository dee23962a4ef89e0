import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { MediaModule } from '../media/media.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { ChoiceRepository } from './choices/choice.repository.js';
import { ChoiceResolver } from './choices/choice.resolver.js';
import { ChoiceService } from './choices/choice.service.js';
import { CommentLists } from './comments/comment.lists.js';
import { CommentRepository } from './comments/comment.repository.js';
import { CommentFieldResolver, CommentResolver } from './comments/comment.resolver.js';
import { CommentService } from './comments/comment.service.js';
import { CommentsMade } from './comments/comments-made.js';
import {
  ChoiceCommentsResolver,
  NodeCommentsResolver,
} from './comments/place-comments.resolver.js';
import { DeclarationResolver } from './declarations/declaration.resolver.js';
import { DeclarationService } from './declarations/declaration.service.js';
import { ValueScalar } from './declarations/value.scalar.js';
import { DraftContentRepository } from './drafts/draft-content.repository.js';
import { DraftLists } from './drafts/draft-lists.js';
import { DraftReadRepository } from './drafts/draft-read.repository.js';
import { DraftTraversal } from './drafts/draft-traversal.js';
import {
  DraftChoiceFieldResolver,
  DraftNodeFieldResolver,
  DraftResolver,
  StoryDraftFieldResolver,
} from './drafts/draft.resolver.js';
import { RowAuthors } from './drafts/row-authors.js';
import {
  DraftChoiceUpdatedByResolver,
  DraftNodeUpdatedByResolver,
  StoryDraftUpdatedByResolver,
} from './drafts/updated-by.resolver.js';
import { FlowResolver } from './flow/flow.resolver.js';
import { FlowService } from './flow/flow.service.js';
import { Deletions } from './history/deletions.js';
import { HistoryRepository } from './history/history.repository.js';
import { DraftEditResolver } from './history/draft-edit.resolver.js';
import { DraftHistoryResolver } from './history/draft-history.resolver.js';
import { HistoryResolver } from './history/history.resolver.js';
import { HistoryService } from './history/history.service.js';
import {
  MapNodeResolver,
  StoryMapFieldResolver,
  StoryMapResolver,
  UnplacedNodesResolver,
} from './map/map.resolver.js';
import { MapRepository } from './map/map.repository.js';
import { MarkRepository } from './marks/mark.repository.js';
import { DraftMarkResolver, MarkResolver, NodesChangeResolver } from './marks/mark.resolver.js';
import { MarkService } from './marks/mark.service.js';
import { NodeMedia } from './nodes/node.media.js';
import { NodeMediaResolver } from './nodes/node-media.resolver.js';
import { NodeRepository } from './nodes/node.repository.js';
import { NodeResolver } from './nodes/node.resolver.js';
import { RuleCheck } from './rules/rule.check.js';
import { NodeService } from './nodes/node.service.js';

@Module({
  imports: [AuthModule, MediaModule, StoriesModule],
  providers: [
    ChoiceCommentsResolver,
    ChoiceRepository,
    CommentFieldResolver,
    CommentLists,
    CommentRepository,
    CommentResolver,
    CommentService,
    CommentsMade,
    DeclarationResolver,
    DeclarationService,
    RuleCheck,
    ValueScalar,
    ChoiceResolver,
    ChoiceService,
    DraftChoiceFieldResolver,
    DraftContentRepository,
    DraftLists,
    DraftEditResolver,
    DraftHistoryResolver,
    DraftMarkResolver,
    DraftNodeFieldResolver,
    DraftResolver,
    DraftChoiceUpdatedByResolver,
    DraftNodeUpdatedByResolver,
    DraftReadRepository,
    DraftTraversal,
    FlowResolver,
    FlowService,
    Deletions,
    HistoryRepository,
    HistoryResolver,
    HistoryService,
    NodeCommentsResolver,
    MapNodeResolver,
    MapRepository,
    MarkRepository,
    MarkResolver,
    MarkService,
    NodeMedia,
    NodeMediaResolver,
    NodeRepository,
    NodeResolver,
    NodeService,
    NodesChangeResolver,
    RowAuthors,
    StoryDraftFieldResolver,
    StoryDraftUpdatedByResolver,
    StoryMapFieldResolver,
    StoryMapResolver,
    UnplacedNodesResolver,
  ],
  exports: [
    ChoiceRepository,
    ChoiceService,
    CommentRepository,
    CommentsMade,
    DraftContentRepository,
    HistoryRepository,
    MapRepository,
    MarkRepository,
    NodeRepository,
    NodeService,
  ],
})
export class NodesModule {}
