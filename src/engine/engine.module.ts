import { Module } from '@nestjs/common';
import { NodesModule } from '../nodes/nodes.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { DraftDefinitions } from './draft-definitions.js';
import { ValidationResolver } from './validation/validation.resolver.js';
import { ValidationService } from './validation/validation.service.js';

@Module({
  imports: [StoriesModule, NodesModule],
  providers: [DraftDefinitions, ValidationResolver, ValidationService],
  exports: [DraftDefinitions],
})
export class EngineModule {}
