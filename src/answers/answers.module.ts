import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { PublicAnswers } from './public-answers.js';

@Module({
  imports: [AuthModule, StoriesModule],
  providers: [PublicAnswers],
  exports: [PublicAnswers],
})
export class AnswersModule {}
