import { Module } from '@nestjs/common';
import { NodesModule } from '../nodes/nodes.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { DebugResolver } from './debugger/debug.resolver.js';
import { DebugService } from './debugger/debug.service.js';
import { DebugStateScalar } from './debugger/debug-state.scalar.js';
import { DraftStories } from './draft-stories.js';
import { PathResolver } from './paths/path.resolver.js';
import { ReaderChoiceRepository } from './simulation/reader-choice.repository.js';
import { SimulationResolver } from './simulation/simulation.resolver.js';
import { SimulationService } from './simulation/simulation.service.js';
import { DraftDefinitionRepository } from './draft-definition.repository.js';
import { PreviewResolver } from './preview/preview.resolver.js';
import { PreviewService } from './preview/preview.service.js';
import { ProofRepository } from './proofs/proof.repository.js';
import { ProofResolver } from './proofs/proof.resolver.js';
import { ProofService } from './proofs/proof.service.js';
import { NamingResolver, RenameResolver } from './naming/naming.resolver.js';
import { NamingService } from './naming/naming.service.js';
import { TextResolver } from './text/text.resolver.js';
import { TextService } from './text/text.service.js';
import { AcknowledgementRepository } from './validation/acknowledgement.repository.js';
import { ValidationResolver } from './validation/validation.resolver.js';
import { ValidationService } from './validation/validation.service.js';

@Module({
  imports: [StoriesModule, NodesModule],
  providers: [
    AcknowledgementRepository,
    DebugResolver,
    DebugService,
    DebugStateScalar,
    DraftDefinitionRepository,
    DraftStories,
    NamingResolver,
    NamingService,
    RenameResolver,
    PathResolver,
    PreviewResolver,
    PreviewService,
    ProofRepository,
    ProofResolver,
    ProofService,
    ReaderChoiceRepository,
    SimulationResolver,
    SimulationService,
    TextResolver,
    TextService,
    ValidationResolver,
    ValidationService,
  ],
  exports: [DraftDefinitionRepository, DraftStories, ProofService, SimulationService],
})
export class EngineModule {}
