import { Module } from '@nestjs/common';
import { EngineModule } from '../engine/engine.module.js';
import { NodesModule } from '../nodes/nodes.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { ChangeResolver } from './changes/change.resolver.js';
import { ChangeService } from './changes/change.service.js';
import { DiceResolver } from './changes/dice.resolver.js';
import { HoldingResolver } from './holdings/holding.resolver.js';
import { ImpactRepository } from './moves/impact.repository.js';
import { ImpactResolver } from './moves/impact.resolver.js';
import { ImpactService } from './moves/impact.service.js';
import { PlayService } from './playthroughs/play.service.js';
import { ProgressRepository } from './playthroughs/progress.repository.js';
import { ProgressResolver } from './playthroughs/progress.resolver.js';
import { ProgressService } from './playthroughs/progress.service.js';
import { SaveService } from './playthroughs/save.service.js';
import { ReplayResolver } from './replays/replay.resolver.js';
import { ReplayService } from './replays/replay.service.js';
import { SaveSlotRepository } from './slots/save-slot.repository.js';
import { SaveSlotResolver } from './slots/save-slot.resolver.js';
import { SaveSlotService } from './slots/save-slot.service.js';
import { ReadingResolver } from './reading/reading.resolver.js';
import { ReadingService } from './reading/reading.service.js';

@Module({
  imports: [StoriesModule, NodesModule, EngineModule, PublishingModule],
  providers: [
    ChangeResolver,
    ChangeService,
    DiceResolver,
    HoldingResolver,
    ImpactRepository,
    ImpactResolver,
    ImpactService,
    PlayService,
    ProgressRepository,
    ProgressResolver,
    ProgressService,
    ReadingResolver,
    ReadingService,
    ReplayResolver,
    ReplayService,
    SaveSlotRepository,
    SaveSlotResolver,
    SaveSlotService,
    SaveService,
  ],
})
export class ProgressModule {}
