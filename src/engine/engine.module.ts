import { Module } from '@nestjs/common';
import { NodesModule } from '../nodes/nodes.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { DraftDefinitionRepository } from './draft-definition.repository.js';
import { ValidationResolver } from './validation/validation.resolver.js';
import { ValidationService } from './validation/validation.service.js';

@Module({
  imports: [StoriesModule, NodesModule],
  providers: [DraftDefinitionRepository, ValidationResolver, ValidationService],
  exports: [DraftDefinitionRepository],
})
export class EngineModule {}
