import { Module } from '@nestjs/common';
import { AuthModule } from '../src/auth/auth.module.js';
import { PublishingModule } from '../src/publishing/publishing.module.js';
import { StoriesModule } from '../src/stories/stories.module.js';
import { Seeder } from './seeder.js';

@Module({
  imports: [AuthModule, StoriesModule, PublishingModule],
  providers: [Seeder],
})
export class SeedsModule {}
