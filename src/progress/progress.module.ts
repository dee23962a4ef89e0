import { Module } from '@nestjs/common';
import { NodesModule } from '../nodes/nodes.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { HoldingResolver } from './holdings/holding.resolver.js';
import { PlayService } from './playthroughs/play.service.js';
import { ProgressRepository } from './playthroughs/progress.repository.js';
import { ProgressResolver } from './playthroughs/progress.resolver.js';
import { ProgressService } from './playthroughs/progress.service.js';
import { SaveService } from './playthroughs/save.service.js';
import { ReadingResolver } from './reading/reading.resolver.js';
import { ReadingService } from './reading/reading.service.js';

@Module({
  imports: [StoriesModule, NodesModule, PublishingModule],
  providers: [
    HoldingResolver,
    PlayService,
    ProgressRepository,
    ProgressResolver,
    ProgressService,
    ReadingResolver,
    ReadingService,
    SaveService,
  ],
})
export class ProgressModule {}
