import type { Viewer } from '../graphql/viewer.js';
import type { StoryEntity } from './story.entity.js';

type Standing = Pick<StoryEntity, 'authorId' | 'isPublished'>;

/** Owners write their stories; administrators may write all. */
export const mayEdit = (viewer: Viewer | undefined, story: Standing): boolean =>
  viewer !== undefined && (viewer.role === 'admin' || viewer.userId === story.authorId);

/** Published stories are there for everyone, drafts for those who may edit them. */
export const maySee = (viewer: Viewer | undefined, story: Standing): boolean =>
  story.isPublished || mayEdit(viewer, story);
