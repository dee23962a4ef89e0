import { Module } from '@nestjs/common';
import { NodesModule } from '../nodes/nodes.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { DraftDefinitionRepository } from './draft-definition.repository.js';
import { ProofRepository } from './proofs/proof.repository.js';
import { ProofResolver } from './proofs/proof.resolver.js';
import { ProofService } from './proofs/proof.service.js';
import { ValidationResolver } from './validation/validation.resolver.js';
import { ValidationService } from './validation/validation.service.js';

@Module({
  imports: [StoriesModule, NodesModule],
  providers: [
    DraftDefinitionRepository,
    ProofRepository,
    ProofResolver,
    ProofService,
    ValidationResolver,
    ValidationService,
  ],
  exports: [DraftDefinitionRepository, ProofService],
})
export class EngineModule {}
