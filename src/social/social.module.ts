import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { BlockRepository } from './follows/block.repository.js';
import { FollowLists } from './follows/follow.lists.js';
import { FollowRepository } from './follows/follow.repository.js';
import { FollowResolver, UserFollowsResolver } from './follows/follow.resolver.js';
import { FollowService } from './follows/follow.service.js';

@Module({
  imports: [AuthModule],
  providers: [
    BlockRepository,
    FollowLists,
    FollowRepository,
    FollowResolver,
    FollowService,
    UserFollowsResolver,
  ],
})
export class SocialModule {}
