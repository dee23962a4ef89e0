import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { StoryEntity } from '../story.entity.js';
import { mayCollaborate, roleOf, type StoryRole } from '../story.policy.js';
import { CollaboratorRepository } from './collaborator.repository.js';

type Owned = Pick<StoryEntity, 'storyId' | 'authorId'>;

/** What viewers are to stories. Only where they neither own nor administer them is the database asked. */
@Injectable()
export class StoryRoles {
  constructor(private readonly collaborators: CollaboratorRepository) {}

  /** As the database has it at this moment. */
  async find(viewer: Viewer | undefined, story: Owned): Promise<StoryRole | undefined> {
    const role = roleOf(viewer, story);
    if (role !== undefined || !mayCollaborate(viewer)) return role;
    return (await this.collaborators.rolesOf(viewer.userId, [story.storyId])).get(story.storyId);
  }

  /** For the stories of lists: one statement for all of a request. */
  async load(
    loaders: Loaders,
    viewer: Viewer | undefined,
    story: Owned,
  ): Promise<StoryRole | undefined> {
    const role = roleOf(viewer, story);
    if (role !== undefined || !mayCollaborate(viewer)) return role;
    return loaders
      .about<StoryRole | undefined>(
        this,
        'roles',
        (storyIds) => this.collaborators.rolesOf(viewer.userId, storyIds),
        undefined,
      )
      .load(story.storyId);
  }
}
