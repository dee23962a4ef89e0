import type { Viewer } from '../graphql/viewer.js';
import type { StoryEntity } from './story.entity.js';

/** What somebody is to a story. */
export type StoryRole = 'owner' | 'editor' | 'viewer';

/** What somebody is to the story of another. */
export type CollaboratorRole = Exclude<StoryRole, 'owner'>;

/** Whether somebody with this role, or with none, may do a certain thing. */
export type Permission = (role: StoryRole | undefined) => boolean;

/**
 * Authors own their stories; administrators have the owner’s part in all.
 * @param shared what the viewer is to the story as a collaborator
 */
export const roleOf = (
  viewer: Viewer | undefined,
  { authorId }: Pick<StoryEntity, 'authorId'>,
  shared?: CollaboratorRole,
): StoryRole | undefined =>
  viewer?.role === 'admin' || viewer?.userId === authorId ? 'owner' : shared;

/** Whether the viewer may be a collaborator of anything: guests may not. */
export const mayCollaborate = (viewer: Viewer | undefined): viewer is Viewer =>
  viewer !== undefined && viewer.role !== 'guest';

/** See the draft and everything about it: findings, history, versions, impact; and say something about it. */
export const mayInspect: Permission = (role) => role !== undefined;

/** Change the draft. */
export const mayWrite: Permission = (role) => role === 'owner' || role === 'editor';

/** Publish and unpublish: who writes with the owner is trusted with that too, as both can be taken back. */
export const mayPublish: Permission = (role) => mayWrite(role);

/** Delete the story, give it away, and decide who works on it. */
export const mayManage: Permission = (role) => role === 'owner';

/** Published stories are there for everyone, drafts for those who work on them. */
export const maySee = (
  role: StoryRole | undefined,
  { isPublished }: Pick<StoryEntity, 'isPublished'>,
): boolean => isPublished || mayInspect(role);

/** Whether everyone who reads a story gets the same of it. */
export const isSameForEveryone = ({
  isPublished,
  spoilerGuard,
}: Pick<StoryEntity, 'isPublished' | 'spoilerGuard'>): boolean => isPublished && !spoilerGuard;
