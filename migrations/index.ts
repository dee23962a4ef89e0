import { CreateAccounts1795392000000 } from './1795392000000-CreateAccounts.js';
import { CreateStories1795395600000 } from './1795395600000-CreateStories.js';
import { CreateNodesAndChoices1795399200000 } from './1795399200000-CreateNodesAndChoices.js';
import { CreateStoryVersions1795402800000 } from './1795402800000-CreateStoryVersions.js';
import { CreateProgress1795406400000 } from './1795406400000-CreateProgress.js';
import { CreateUserStatsView1795410000000 } from './1795410000000-CreateUserStatsView.js';
import { AddStoryRules1795413600000 } from './1795413600000-AddStoryRules.js';
import { AddPlayOutcomes1795417200000 } from './1795417200000-AddPlayOutcomes.js';
import { AddPlaythroughHistory1795420800000 } from './1795420800000-AddPlaythroughHistory.js';
import { CreateStoryProofs1795424400000 } from './1795424400000-CreateStoryProofs.js';
import { AddAcknowledgements1795428000000 } from './1795428000000-AddAcknowledgements.js';
import { CreateDraftHistory1795431600000 } from './1795431600000-CreateDraftHistory.js';
import { IndexPlaythroughsOfStories1795435200000 } from './1795435200000-IndexPlaythroughsOfStories.js';
import { AddNodeTagsAndChapters1795438800000 } from './1795438800000-AddNodeTagsAndChapters.js';
import { CreateStorySources1795442400000 } from './1795442400000-CreateStorySources.js';
import { CreateImportJobs1795446000000 } from './1795446000000-CreateImportJobs.js';
import { MovePlaythroughs1795453200000 } from './1795453200000-MovePlaythroughs.js';
import { CountPublications1795456800000 } from './1795456800000-CountPublications.js';
import { CreateMedia1795460400000 } from './1795460400000-CreateMedia.js';
import { AddMediaToStories1795464000000 } from './1795464000000-AddMediaToStories.js';
import { CreateCollaborators1795467600000 } from './1795467600000-CreateCollaborators.js';
import { AddChangeAuthorsAndComments1795471200000 } from './1795471200000-AddChangeAuthorsAndComments.js';
import { IndexNodesOfLargeStories1795474800000 } from './1795474800000-IndexNodesOfLargeStories.js';
import { CreateStoryTemplates1795482000000 } from './1795482000000-CreateStoryTemplates.js';
import { RecordBulkEdits1795494000000 } from './1795494000000-RecordBulkEdits.js';
import { AddErrorsOfMoves1795497600000 } from './1795497600000-AddErrorsOfMoves.js';
import { AddMediaHashes1795500000000 } from './1795500000000-AddMediaHashes.js';
import { IndexMediaHashes1795503600000 } from './1795503600000-IndexMediaHashes.js';
import { KeepEarlierStorySources1795701600000 } from './1795701600000-KeepEarlierStorySources.js';
import { TellChangesOfImports1795705200000 } from './1795705200000-TellChangesOfImports.js';
import { RecordPlayFacts1795706000000 } from './1795706000000-RecordPlayFacts.js';
import { CreateStatistics1795707000000 } from './1795707000000-CreateStatistics.js';
import { NameImportProblems1795708800000 } from './1795708800000-NameImportProblems.js';
import { CreateFollows1795750000000 } from './1795750000000-CreateFollows.js';
import { ConfirmAddresses1795751000000 } from './1795751000000-ConfirmAddresses.js';
import { CountExperience1795751010000 } from './1795751010000-CountExperience.js';
import { CreateActivities1795752000000 } from './1795752000000-CreateActivities.js';
import { CreateDataExports1795760000000 } from './1795760000000-CreateDataExports.js';
import { CreateReviews1795760100000 } from './1795760100000-CreateReviews.js';
import { IndexEndsOfPlaythroughs1795760110000 } from './1795760110000-IndexEndsOfPlaythroughs.js';
import { CreateAchievements1795760120000 } from './1795760120000-CreateAchievements.js';
import { CreateLeaderboards1795760200000 } from './1795760200000-CreateLeaderboards.js';
import { RecordWhatIsCollected1795760300000 } from './1795760300000-RecordWhatIsCollected.js';
import { CreateShares1795761000000 } from './1795761000000-CreateShares.js';
import { CreateNotifications1795761500000 } from './1795761500000-CreateNotifications.js';
import { CreatePushSubscriptions1795762000000 } from './1795762000000-CreatePushSubscriptions.js';
import { CreateDigests1795763000000 } from './1795763000000-CreateDigests.js';
import { CountReadersOfPlaces1795770000000 } from './1795770000000-CountReadersOfPlaces.js';
import { IndexNewUsersAndStories1795780000000 } from './1795780000000-IndexNewUsersAndStories.js';
import { AddChoiceShares1795790000000 } from './1795790000000-AddChoiceShares.js';
import { CreateStoryNeighbours1795800000000 } from './1795800000000-CreateStoryNeighbours.js';
import { NarrowPlaceReaders1795810000000 } from './1795810000000-NarrowPlaceReaders.js';
import { RankReadersOfStories1795810000001 } from './1795810000001-RankReadersOfStories.js';
import { KeepAchievementsOfVersions1795820000000 } from './1795820000000-KeepAchievementsOfVersions.js';
import { TellOfReviews1795830000000 } from './1795830000000-TellOfReviews.js';
import { WritePlaythroughsInPlace1795840000000 } from './1795840000000-WritePlaythroughsInPlace.js';
import { PartitionSteps1795870000000 } from './1795870000000-PartitionSteps.js';

/** Every migration, oldest first. */
export const migrations = [
  CreateAccounts1795392000000,
  CreateStories1795395600000,
  CreateNodesAndChoices1795399200000,
  CreateStoryVersions1795402800000,
  CreateProgress1795406400000,
  CreateUserStatsView1795410000000,
  AddStoryRules1795413600000,
  AddPlayOutcomes1795417200000,
  AddPlaythroughHistory1795420800000,
  CreateStoryProofs1795424400000,
  AddAcknowledgements1795428000000,
  CreateDraftHistory1795431600000,
  IndexPlaythroughsOfStories1795435200000,
  AddNodeTagsAndChapters1795438800000,
  CreateStorySources1795442400000,
  CreateImportJobs1795446000000,
  MovePlaythroughs1795453200000,
  CountPublications1795456800000,
  CreateMedia1795460400000,
  AddMediaToStories1795464000000,
  CreateCollaborators1795467600000,
  AddChangeAuthorsAndComments1795471200000,
  IndexNodesOfLargeStories1795474800000,
  CreateStoryTemplates1795482000000,
  RecordBulkEdits1795494000000,
  AddErrorsOfMoves1795497600000,
  AddMediaHashes1795500000000,
  IndexMediaHashes1795503600000,
  KeepEarlierStorySources1795701600000,
  TellChangesOfImports1795705200000,
  RecordPlayFacts1795706000000,
  CreateStatistics1795707000000,
  NameImportProblems1795708800000,
  CreateFollows1795750000000,
  ConfirmAddresses1795751000000,
  CountExperience1795751010000,
  CreateActivities1795752000000,
  CreateDataExports1795760000000,
  CreateReviews1795760100000,
  IndexEndsOfPlaythroughs1795760110000,
  CreateAchievements1795760120000,
  CreateLeaderboards1795760200000,
  RecordWhatIsCollected1795760300000,
  CreateShares1795761000000,
  CreateNotifications1795761500000,
  CreatePushSubscriptions1795762000000,
  CreateDigests1795763000000,
  CountReadersOfPlaces1795770000000,
  IndexNewUsersAndStories1795780000000,
  AddChoiceShares1795790000000,
  CreateStoryNeighbours1795800000000,
  NarrowPlaceReaders1795810000000,
  RankReadersOfStories1795810000001,
  KeepAchievementsOfVersions1795820000000,
  TellOfReviews1795830000000,
  WritePlaythroughsInPlace1795840000000,
  PartitionSteps1795870000000,
];
