import { AddressTokenEntity } from './auth/addresses/address-token.entity.js';
import { RefreshTokenEntity, SessionEntity } from './auth/sessions/session.entity.js';
import { UserEntity } from './auth/users/user.entity.js';
import { ProofEntity } from './engine/proofs/proof.entity.js';
import { AcknowledgementEntity } from './engine/validation/acknowledgement.entity.js';
import { MediaEntity } from './media/library/media.entity.js';
import { UploadEntity } from './media/uploads/upload.entity.js';
import { ChoiceEntity } from './nodes/choices/choice.entity.js';
import { CommentEntity } from './nodes/comments/comment.entity.js';
import { NodeEntity } from './nodes/nodes/node.entity.js';
import { DataExportEntity } from './privacy/data-exports/data-export.entity.js';
import { PlaythroughMoveEntity } from './progress/moves/playthrough-move.entity.js';
import { PlayFactEntity } from './progress/playthroughs/play-fact.entity.js';
import { ProgressStepEntity } from './progress/playthroughs/progress-step.entity.js';
import { ProgressEntity } from './progress/playthroughs/progress.entity.js';
import { SaveSlotEntity } from './progress/slots/save-slot.entity.js';
import { StorySourceEntity } from './publishing/documents/story-source.entity.js';
import { ImportJobEntity, ImportStoryEntity } from './publishing/imports/import-job.entity.js';
import { TemplateEntity } from './publishing/templates/template.entity.js';
import { StoryVersionEntity } from './publishing/versions/version.entity.js';
import { StoryNeighbourEntity } from './recommendations/neighbours/story-neighbour.entity.js';
import {
  ActivityAudienceEntity,
  ActivityEntity,
  FeedMarkEntity,
} from './social/activities/activity.entity.js';
import { BlockEntity } from './social/follows/block.entity.js';
import { FollowCountEntity, FollowEntity } from './social/follows/follow.entity.js';
import { AchievementCheckEntity } from './stats/achievements/achievement-check.entity.js';
import { UserAchievementEntity } from './stats/achievements/user-achievement.entity.js';
import { VersionGoalsEntity } from './stats/achievements/version-goals.entity.js';
import { CorrectionEntity } from './stats/corrections/correction.entity.js';
import { ReviewDecisionEntity } from './social/moderation/review-decision.entity.js';
import { ReviewReportEntity } from './social/moderation/review-report.entity.js';
import { ReviewVoteEntity } from './social/ratings/review-vote.entity.js';
import { ReviewEntity } from './social/ratings/review.entity.js';
import { ShareEntity } from './social/shares/share.entity.js';
import { DigestEntity } from './social/notifications/digests/digest.entity.js';
import { NotificationEntity } from './social/notifications/list/notification.entity.js';
import { PushKeyEntity } from './social/notifications/push/push-key.entity.js';
import { PushSubscriptionEntity } from './social/notifications/push/push-subscription.entity.js';
import { NotificationPreferenceEntity } from './social/notifications/preferences/notification-preference.entity.js';
import { CountingEntity } from './stats/counting/counting.entity.js';
import { ReaderPeriodEntity } from './stats/leaderboards/reader-period.entity.js';
import { StandingEntity } from './stats/leaderboards/standing.entity.js';
import { StoryBestEntity } from './stats/leaderboards/story-best.entity.js';
import { ReaderCollectedEntity } from './stats/readers/reader-collected.entity.js';
import { ReaderDayEntity } from './stats/readers/reader-day.entity.js';
import { ReaderFirstEntity } from './stats/readers/reader-first.entity.js';
import { ReaderStoryEntity } from './stats/readers/reader-story.entity.js';
import { UserStatsEntity } from './stats/readers/user-stats.entity.js';
import { ChoiceDayEntity } from './stats/stories/choice-day.entity.js';
import { NodeDayEntity } from './stats/stories/node-day.entity.js';
import { PlaceReaderEntity } from './stats/stories/place-reader.entity.js';
import { PlaceEntity } from './stats/stories/place.entity.js';
import { StoryDayEntity } from './stats/stories/story-day.entity.js';
import { StoryFinishEntity } from './stats/stories/story-finish.entity.js';
import { VersionReaderEntity } from './stats/stories/version-reader.entity.js';
import { CollaboratorEntity } from './stories/collaborators/collaborator.entity.js';
import { InvitationEntity } from './stories/invitations/invitation.entity.js';
import { DraftChangeEntity, DraftEditEntity } from './stories/changes/draft-change.entity.js';
import { StoryEntity } from './stories/story.entity.js';

/** Every entity: together they describe the schema that the migrations make. */
export const entities = [
  UserEntity,
  SessionEntity,
  RefreshTokenEntity,
  AddressTokenEntity,
  MediaEntity,
  UploadEntity,
  StoryEntity,
  CollaboratorEntity,
  InvitationEntity,
  DraftChangeEntity,
  DraftEditEntity,
  NodeEntity,
  ChoiceEntity,
  CommentEntity,
  ProofEntity,
  AcknowledgementEntity,
  StorySourceEntity,
  ImportJobEntity,
  ImportStoryEntity,
  StoryVersionEntity,
  TemplateEntity,
  ProgressEntity,
  ProgressStepEntity,
  PlayFactEntity,
  SaveSlotEntity,
  PlaythroughMoveEntity,
  FollowEntity,
  FollowCountEntity,
  BlockEntity,
  ActivityEntity,
  ActivityAudienceEntity,
  FeedMarkEntity,
  AchievementCheckEntity,
  UserAchievementEntity,
  VersionGoalsEntity,
  CorrectionEntity,
  ReviewEntity,
  ReviewVoteEntity,
  ReviewReportEntity,
  ReviewDecisionEntity,
  ShareEntity,
  NotificationEntity,
  NotificationPreferenceEntity,
  DigestEntity,
  PushSubscriptionEntity,
  PushKeyEntity,
  CountingEntity,
  ReaderPeriodEntity,
  StandingEntity,
  StoryBestEntity,
  ReaderCollectedEntity,
  ReaderDayEntity,
  ReaderFirstEntity,
  ReaderStoryEntity,
  UserStatsEntity,
  ChoiceDayEntity,
  NodeDayEntity,
  StoryDayEntity,
  StoryFinishEntity,
  DataExportEntity,
  VersionReaderEntity,
  PlaceEntity,
  PlaceReaderEntity,
  StoryNeighbourEntity,
];
