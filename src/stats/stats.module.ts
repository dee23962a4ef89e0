import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { StatsRepository } from './stats.repository.js';
import { StatsResolver } from './stats.resolver.js';
import { StatsService } from './stats.service.js';

@Module({
  imports: [AuthModule],
  providers: [StatsRepository, StatsResolver, StatsService],
})
export class StatsModule {}
