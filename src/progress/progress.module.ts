import { Module } from '@nestjs/common';
import { EngineModule } from '../engine/engine.module.js';
import { NodesModule } from '../nodes/nodes.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { ChangeResolver } from './changes/change.resolver.js';
import { ChangeService } from './changes/change.service.js';
import { DiceResolver } from './changes/dice.resolver.js';
import { HoldingResolver } from './holdings/holding.resolver.js';
import { ImpactResolver } from './moves/impact.resolver.js';
import { ImpactService } from './moves/impact.service.js';
import { MoveRepository } from './moves/move.repository.js';
import { MoveResolver } from './moves/move.resolver.js';
import { MoveService } from './moves/move.service.js';
import { Mover } from './moves/mover.js';
import { PlaythroughRepository } from './moves/playthrough.repository.js';
import { Relocations } from './moves/relocations.js';
import { ReplacementService } from './moves/replacement.service.js';
import { PartitionRepository } from './partitions/partition.repository.js';
import { Partitions } from './partitions/partitions.js';
import { Playback } from './playthroughs/playback.js';
import { ChoiceRecorder } from './playthroughs/choice.recorder.js';
import { ChoiceService } from './playthroughs/choice.service.js';
import { KnownPlaythroughs } from './playthroughs/known-playthroughs.js';
import { PlayFacts } from './playthroughs/play-facts.js';
import { PlayService } from './playthroughs/play.service.js';
import { ProgressRepository } from './playthroughs/progress.repository.js';
import { ProgressResolver } from './playthroughs/progress.resolver.js';
import { ProgressService } from './playthroughs/progress.service.js';
import { Rewards } from './playthroughs/rewards.js';
import { SaveService } from './playthroughs/save.service.js';
import { ReplayResolver } from './replays/replay.resolver.js';
import { ReplayService } from './replays/replay.service.js';
import { SaveSlotRepository } from './slots/save-slot.repository.js';
import { SaveSlotResolver } from './slots/save-slot.resolver.js';
import { SaveSlotService } from './slots/save-slot.service.js';
import { ReadExtents } from './reading/read-extents.js';
import { TermsOfReading } from './reading/reading-terms.js';
import { ReadingRepository } from './reading/reading.repository.js';
import { ReadingResolver } from './reading/reading.resolver.js';
import { ReadingService } from './reading/reading.service.js';
import { VisitedNodes } from './reading/visited-nodes.js';

@Module({
  imports: [StoriesModule, NodesModule, EngineModule, PublishingModule],
  providers: [
    ChangeResolver,
    ChangeService,
    ChoiceRecorder,
    ChoiceService,
    DiceResolver,
    HoldingResolver,
    ImpactResolver,
    ImpactService,
    KnownPlaythroughs,
    MoveRepository,
    MoveResolver,
    MoveService,
    Mover,
    PartitionRepository,
    Partitions,
    PlayFacts,
    PlayService,
    Playback,
    PlaythroughRepository,
    ProgressRepository,
    ProgressResolver,
    ProgressService,
    ReadExtents,
    ReadingRepository,
    ReadingResolver,
    ReadingService,
    Relocations,
    ReplacementService,
    ReplayResolver,
    ReplayService,
    Rewards,
    SaveSlotRepository,
    SaveSlotResolver,
    SaveSlotService,
    SaveService,
    TermsOfReading,
    VisitedNodes,
  ],
  exports: [PlayFacts, ReadExtents, Relocations, Rewards],
})
export class ProgressModule {}
